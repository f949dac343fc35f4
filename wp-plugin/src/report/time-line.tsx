import { isRTL } from '@wordpress/i18n';
import type { Delivery, PodLine, Report } from '../rest/shapes.ts';
import { timeOfDay } from './moments.ts';
import { stationsOf } from './stations.ts';
import { placesOf } from './time-line-scale.ts';
import { stationWord, timeLineLabel } from './time-line-words.ts';

/** As wide as the editor's sidebar has room for: 280 px less its padding. */
const width = 248;
const height = 40;
/** Half of the longest word that stands at either end. */
const margin = 28;
const gap = 26;
const middle = height / 2;

type TimeLineProps = { pod: PodLine; report: Report; createdAt: Delivery['createdAt'] };

/** When one pod got what was saved: words stand above and below the line in turn, since they are wider than the gaps. */
export function TimeLine({ pod, report, createdAt }: TimeLineProps) {
  const stations = stationsOf(pod, report, createdAt);
  const places = placesOf(stations, { width: width - 2 * margin, gap });
  const at = (x: number) => (isRTL() ? width - margin - x : margin + x);
  const end = places.at(-1)?.x ?? 0;
  return (
    <svg
      className="everypod-time-line"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={timeLineLabel(pod.name, stations, createdAt, timeOfDay)}
    >
      <line className="everypod-time-line__line" x1={at(0)} x2={at(end)} y1={middle} y2={middle} />
      {places.map(({ name, x }, index) => (
        <g key={name}>
          <circle
            className={`everypod-time-line__mark everypod-time-line__mark--${name}`}
            cx={at(x)}
            cy={middle}
            r="3.5"
          />
          <text className="everypod-time-line__word" x={at(x)} y={index % 2 === 0 ? middle - 8 : middle + 15}>
            {stationWord(name)}
          </text>
        </g>
      ))}
    </svg>
  );
}
