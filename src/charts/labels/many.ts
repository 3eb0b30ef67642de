/** With more lanes than this a race is drawn densely: every step and the tests only for the hovered lane. */
export const MANY = 4;
