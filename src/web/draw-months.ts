import { BarChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";
import { markSafe, type SafeHtml } from "../render/load-pages.ts";
import type { MonthSeries } from "./month-series.ts";
import { roleColours } from "./role-colours.ts";

use([BarChart, GridComponent, LabelLayout, SVGRenderer]);

const size = { width: 720, height: 260 };
/** How many months have their names below them at most. */
const mostNames = 8;
const names = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });

/** Draws credits per month as stacked bars, a colour per role. No text is in it but months and numbers: a role is told by its place among `roles`, too. */
export function drawMonths({ months, roles }: MonthSeries): SafeHtml {
  const chart = init(null, null, { renderer: "svg", ssr: true, ...size });
  try {
    chart.setOption({
      animation: false,
      grid: { left: 4, right: 4, top: 12, bottom: 4 },
      xAxis: {
        type: "category",
        data: months.map(monthWords),
        axisTick: { show: false },
        axisLabel: { interval: Math.ceil(months.length / mostNames) - 1 },
      },
      yAxis: { type: "value", minInterval: 1 },
      series: roles.map(({ role, credits }, place) => ({
        type: "bar",
        stack: "credits",
        barMaxWidth: 40,
        silent: true,
        emphasis: { disabled: true },
        itemStyle: { color: roleColours[role] },
        label: {
          show: true,
          formatter: ({ value }: { readonly value?: unknown }) => (value === 0 ? "" : letterOf(place)),
          color: "#fff",
        },
        labelLayout: { hideOverlap: true },
        data: [...credits],
      })),
    });
    return markSafe(withoutStyles(chart.renderToSVGString({ useViewBox: true })));
  } finally {
    chart.dispose();
  }
}

/** The letter that a role has below the chart, for those who do not tell the colours apart. */
function letterOf(place: number): string {
  return String.fromCharCode("A".charCodeAt(0) + place);
}

/** As "Mar 2026". */
export function monthWords(month: string): string {
  return names.format(new Date(`${month}-01T00:00:00Z`));
}

/** The policy of the pages lets no style stand in them; their stylesheet says all of it, in dark too. */
function withoutStyles(svg: string): string {
  return svg.replace(/<style\b.*?<\/style>/gs, "").replace(/ (?:style|class|ecmeta_\w+)="[^"]*"/g, "");
}
