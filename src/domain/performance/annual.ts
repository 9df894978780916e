/** Trading days of a year: what daily figures are annualised with. */
export const DAYS_A_YEAR = 252;
