/** A day of weather, as the columns of `data-manifests/seattle-weather.yaml` name it. */
export interface Day {
  readonly day_of_year: number;
  readonly precipitation: number;
  readonly temp_max: number;
  readonly temp_min: number;
  readonly wind: number;
}

/** What models of the weather learn from: the season as a point on a circle, since December is beside January, and the day's values. */
export function features({ day_of_year, precipitation, temp_max, temp_min, wind }: Day): readonly number[] {
  const ofYear = (day_of_year / 366) * 2 * Math.PI;
  return [1, Math.sin(ofYear), Math.cos(ofYear), temp_max, temp_max - temp_min, Math.sqrt(precipitation), wind];
}
