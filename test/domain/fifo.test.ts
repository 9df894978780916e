import { describe } from "vitest";
import { scenario } from "./scenario.js";

describe("opening and adding", () => {
  scenario(
    "open",
    `fill    buy 2 @ 5000.00
     after   buy 2 @ 5000.00`,
  );

  scenario(
    "scale in: each fill is a lot of its own, oldest first",
    `before  buy 2 @ 5000.00
     fill    buy 1 @ 5001.00   buy 3 @ 4999.50
     after   buy 2 @ 5000.00   buy 1 @ 5001.00   buy 3 @ 4999.50`,
  );

  scenario(
    "open short",
    `fill    sell 1 @ 5000.00   sell 1 @ 5000.25
     after   sell 1 @ 5000.00   sell 1 @ 5000.25`,
  );
});

describe("closing", () => {
  scenario(
    "flat",
    `before  buy 2 @ 5000.00
     fill    sell 2 @ 5010.00
     closed  2 @ 5000.00 +$100.00
     after   flat`,
  );

  scenario(
    "at a loss",
    `before  buy 1 @ 5000.00
     fill    sell 1 @ 4999.75
     closed  1 @ 5000.00 -$1.25
     after   flat`,
  );

  scenario(
    "at the same price",
    `before  sell 1 @ 5000.00
     fill    buy 1 @ 5000.00
     closed  1 @ 5000.00 +$0.00
     after   flat`,
  );

  scenario(
    "partial: the rest of the lot stays at the front",
    `before  buy 5 @ 5000.00   buy 1 @ 5004.00
     fill    sell 2 @ 5002.00
     closed  2 @ 5000.00 +$20.00
     after   buy 3 @ 5000.00   buy 1 @ 5004.00`,
  );

  scenario(
    "scale out, oldest lot first, though the newest would win more",
    `before  buy 2 @ 5000.00   buy 2 @ 4990.00
     fill    sell 1 @ 5001.00   sell 2 @ 5002.00   sell 1 @ 5003.00
     closed  1 @ 5000.00 +$5.00
             1 @ 5000.00 +$10.00   1 @ 4990.00 +$60.00
             1 @ 4990.00 +$65.00
     after   flat`,
  );

  scenario(
    "one fill through three lots",
    `before  buy 1 @ 5000.00   buy 1 @ 5001.00   buy 3 @ 5002.00
     fill    sell 4 @ 5003.00
     closed  1 @ 5000.00 +$15.00   1 @ 5001.00 +$10.00   2 @ 5002.00 +$10.00
     after   buy 1 @ 5002.00`,
  );

  scenario(
    "the short side wins as the price falls",
    `before  sell 2 @ 5000.00   sell 1 @ 4998.00
     fill    buy 3 @ 4995.00
     closed  2 @ 5000.00 +$50.00   1 @ 4998.00 +$15.00
     after   flat`,
  );

  scenario(
    "and loses as it rises",
    `before  sell 2 @ 5000.00
     fill    buy 1 @ 5003.00   buy 1 @ 5004.00
     closed  1 @ 5000.00 -$15.00   1 @ 5000.00 -$20.00
     after   flat`,
  );
});

describe("reversing", () => {
  scenario(
    "scale in, scale out, reverse",
    `before  buy 2 @ 5000.00   buy 1 @ 5001.00
     fill    sell 4 @ 5002.00
     closed  2 @ 5000.00 +$20.00   1 @ 5001.00 +$5.00
     after   sell 1 @ 5002.00`,
  );

  scenario(
    "short to long",
    `before  sell 1 @ 5000.00
     fill    buy 3 @ 4990.00
     closed  1 @ 5000.00 +$50.00
     after   buy 2 @ 4990.00`,
  );

  scenario(
    "and back: what the reversal opened is closed at its price",
    `before  buy 1 @ 5000.00
     fill    sell 3 @ 5002.00   buy 3 @ 5001.00
     closed  1 @ 5000.00 +$10.00   2 @ 5002.00 +$10.00
     after   buy 1 @ 5001.00`,
  );

  scenario(
    "flat and in again: a new position, not a reversal",
    `before  buy 1 @ 5000.00
     fill    sell 1 @ 5001.00   sell 1 @ 5002.00
     closed  1 @ 5000.00 +$5.00
     after   sell 1 @ 5002.00`,
  );
});

describe("fills of one instant", () => {
  scenario(
    "go by number, and 9 is before 10",
    `before  #10 buy 1 @ 5001.00 at 0   #9 buy 1 @ 5000.00 at 0
     fill    sell 1 @ 5002.00
     closed  1 @ 5000.00 +$10.00
     after   buy 1 @ 5001.00`,
  );

  scenario(
    "numbers before names, names by their bytes",
    `before  #a buy 1 @ 5003.00 at 0   #B buy 1 @ 5002.00 at 0   #77 buy 1 @ 5001.00 at 0
     fill    sell 2 @ 5004.00
     closed  1 @ 5001.00 +$15.00   1 @ 5002.00 +$10.00
     after   buy 1 @ 5003.00`,
  );

  scenario(
    "but time comes first",
    `before  #1 buy 1 @ 5001.00 at 5   #2 buy 1 @ 5000.00 at 4
     fill    sell 1 @ 5002.00
     closed  1 @ 5000.00 +$10.00
     after   buy 1 @ 5001.00`,
  );
});

describe("costs", () => {
  scenario(
    "of both sides go to the match",
    `before  buy 1 @ 5000.00 costs $0.37
     fill    sell 1 @ 5001.00 costs $0.50
     closed  1 @ 5000.00 +$5.00 costs $0.87
     after   flat`,
  );

  scenario(
    "are split over the contracts, what is left over last",
    `before  buy 3 @ 5000.00 costs $1.00
     fill    sell 1 @ 5000.00   sell 1 @ 5000.00   sell 1 @ 5000.00
     closed  1 @ 5000.00 +$0.00 costs $0.333333
             1 @ 5000.00 +$0.00 costs $0.333333
             1 @ 5000.00 +$0.00 costs $0.333334
     after   flat`,
  );

  scenario(
    "of an exit too",
    `before  buy 1 @ 5000.00   buy 1 @ 5000.00   buy 1 @ 5000.00
     fill    sell 3 @ 5000.00 costs $1.00
     closed  1 @ 5000.00 +$0.00 costs $0.333333
             1 @ 5000.00 +$0.00 costs $0.333333
             1 @ 5000.00 +$0.00 costs $0.333334
     after   flat`,
  );

  scenario(
    "of a reversal are split at zero",
    `before  buy 1 @ 5000.00
     fill    sell 4 @ 5000.00 costs $2.00   buy 3 @ 5000.00
     closed  1 @ 5000.00 +$0.00 costs $0.50   3 @ 5000.00 +$0.00 costs $1.50
     after   flat`,
  );

  scenario(
    "of a reversal add up, exit and entry together",
    `before  buy 1 @ 5000.00
     fill    sell 3 @ 5000.00 costs $1.00   buy 1 @ 5000.00   buy 1 @ 5000.00
     closed  1 @ 5000.00 +$0.00 costs $0.333333
             1 @ 5000.00 +$0.00 costs $0.333333
             1 @ 5000.00 +$0.00 costs $0.333334
     after   flat`,
  );

  scenario(
    "unknown on both sides are not zero",
    `before  buy 1 @ 5000.00 costs ?
     fill    sell 1 @ 5001.00 costs ?
     closed  1 @ 5000.00 +$5.00 costs ?
     after   flat`,
  );

  scenario(
    "unknown on one side are those of the other, and said to be so",
    `before  buy 2 @ 5000.00 costs $1.00
     fill    sell 1 @ 5001.00 costs ?   sell 1 @ 5001.00 costs $0.25
     closed  1 @ 5000.00 +$5.00 costs $0.50?   1 @ 5000.00 +$5.00 costs $0.75
     after   flat`,
  );

  scenario(
    "may be a rebate",
    `before  buy 2 @ 5000.00 costs $-0.25
     fill    sell 1 @ 5000.00   sell 1 @ 5000.00
     closed  1 @ 5000.00 +$0.00 costs -$0.125   1 @ 5000.00 +$0.00 costs -$0.125
     after   flat`,
  );
});

describe("prices", () => {
  scenario(
    "below zero, as crude oil had them",
    `contract  CLK20
     before    buy 1 @ 10.00
     fill      sell 2 @ -37.63   buy 1 @ -40.00
     closed    1 @ 10.00 -$47630.00   1 @ -37.63 +$2370.00
     after     flat`,
  );

  scenario(
    "of a stand-in, an average off the tick: rounded to a millionth of a dollar",
    `contract  MNQU26
     before    buy 3 @ 24822.083333333
     fill      sell 3 @ 24822.125
     closed    3 @ 24822.083333333 +$0.25
     after     flat`,
  );

  scenario(
    "in ticks of half a millionth, as the yen has them",
    `contract  6JU26
     before    buy 1 @ 0.0067000
     fill      sell 1 @ 0.0067005
     closed    1 @ 0.0067 +$6.25
     after     flat`,
  );

  scenario(
    "in 256ths, as the two-year note has them",
    `contract  ZTU26
     before    sell 10 @ 103.50390625
     fill      buy 10 @ 103.5
     closed    10 @ 103.50390625 +$78.125
     after     flat`,
  );
});
