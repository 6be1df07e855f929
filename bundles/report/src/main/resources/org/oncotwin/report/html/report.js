/* Draws the curves from the numbers in the page; without scripts the drawings that came with the page stay. */
(function () {
  'use strict';
  const root = document.documentElement;
  const charts = JSON.parse(document.getElementById('chart-data').textContent);
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const HEIGHT = 330;
  let logarithmic = false;
  let plots = [];

  const colour = (name) => getComputedStyle(root).getPropertyValue('--' + name).trim();
  const armColour = (n) => colour('arm-' + n);

  /* Three to four digits are what a model's result deserves. */
  function number(value) {
    if (value === null || value === undefined) { return '\u2013'; }
    if (value === 0) { return '0'; }
    const size = Math.abs(value);
    return size >= 1e-3 && size < 1e6 ? String(Number(value.toPrecision(4))) : value.toExponential(2);
  }

  function marks(chart) {
    return (plot) => {
      const context = plot.ctx;
      const pixel = window.devicePixelRatio || 1;
      context.save();
      context.beginPath();
      context.rect(plot.bbox.left, plot.bbox.top, plot.bbox.width, plot.bbox.height);
      context.clip();
      for (const mark of chart.marks) {
        const at = mark.days.map((day) => plot.valToPos(day, 'x', true));
        context.fillStyle = armColour(mark.colour);
        context.globalAlpha = 0.1;
        context.fillRect(at[0], plot.bbox.top, Math.max(at[at.length - 1] - at[0], pixel), plot.bbox.height);
        context.globalAlpha = 1;
        for (const x of at) { context.fillRect(x - 0.75 * pixel, plot.bbox.top, 1.5 * pixel, 9 * pixel); }
      }
      context.restore();
    };
  }

  /* While nobody points at a day the legend gives the values at the end. */
  function showLast(plot) {
    if (plot.cursor.idx === null || plot.cursor.idx === undefined) {
      plot.setLegend({ idx: plot.data[0].length - 1 });
    }
  }

  function draw(chart) {
    const target = document.getElementById(chart.id);
    target.replaceChildren();
    const unit = chart.unit ? ' ' + chart.unit : '';
    /*
     * To the plot, undefined is a day without an output, across which the line goes on; null is a gap. A logarithm has no place for zero: the line
     * breaks off there rather than joins the values on both sides.
     */
    const shown = (values) => values.map((v) => v === null ? undefined : logarithmic && !(v > 0) ? null : v);
    const axis = {
      stroke: colour('muted'),
      grid: { stroke: colour('rule'), width: 1 },
      ticks: { stroke: colour('rule'), width: 1 },
      font: '12px system-ui, sans-serif',
    };
    const options = {
      width: target.clientWidth,
      height: HEIGHT,
      scales: {
        x: { time: false },
        y: logarithmic
          ? { distr: 3 }
          : { range: (plot, low, high) => [Math.min(low, 0), high > 0 ? high * 1.06 : high < 0 ? 0 : 1] },
      },
      axes: [
        Object.assign({ label: 'Day', labelFont: '12px system-ui, sans-serif', labelSize: 18, size: 34 }, axis),
        Object.assign({ size: 64, values: (plot, ticks) => ticks.map((t) => t === null ? '' : number(t)) }, axis),
      ],
      series: [{ label: 'Day', value: (plot, v) => number(v) }].concat(chart.lines.map((line) => ({
        label: line.arm,
        stroke: armColour(line.colour),
        width: 2.2,
        dash: line.dash ? line.dash.split(' ').map(Number) : undefined,
        points: { show: false },
        value: (plot, v) => number(v) + (v === null || v === undefined ? '' : unit),
      }))),
      cursor: { points: { size: 7 }, drag: { x: true, y: false }, sync: { key: 'curves' } },
      hooks: { drawClear: [marks(chart)], setCursor: [showLast] },
    };
    const plot = new uPlot(options, [chart.days].concat(chart.lines.map((line) => shown(line.values))), target);
    showLast(plot);
    return plot;
  }

  function drawAll() {
    plots.forEach((plot) => plot.destroy());
    plots = charts.map(draw);
  }

  root.classList.add('js');
  drawAll();
  for (const button of document.querySelectorAll('[data-scale]')) {
    button.addEventListener('click', () => {
      logarithmic = button.dataset.scale === 'log';
      root.classList.toggle('logarithmic', logarithmic);
      document.querySelectorAll('[data-scale]').forEach((b) => b.setAttribute('aria-pressed', String(b === button)));
      drawAll();
    });
  }
  dark.addEventListener('change', drawAll);
  window.addEventListener('resize', () => {
    plots.forEach((plot, n) => {
      const width = document.getElementById(charts[n].id).clientWidth;
      if (width > 0) { plot.setSize({ width: width, height: HEIGHT }); }
    });
  });
}());
