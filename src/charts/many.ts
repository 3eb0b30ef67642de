/** With more lanes than this a race is drawn densely: raw values nearly gone, tests only for the hovered lane. */
export const MANY = 4;
