// 200 charts with ECharts' own SVG renderer: lines and slopes of two places over eight years, at 720 and 360 px.
// Takes nothing; writes nothing; the time of the whole process is what is measured.
const echarts = require('echarts');
let drawn = 0;
for (let number = 0; number < 100; number++) {
  const years = number % 2 ? ['2017', '2024'] : ['2017', '2018', '2019', '2020', '2021', '2022', '2023', '2024'];
  const values = (seed) => years.map((_, index) => 10 + ((seed * 37 + index * 17) % 80));
  for (const width of [720, 360]) {
    const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height: 340 });
    chart.setOption({
      animation: false,
      grid: { left: 60, right: 120, top: 30, bottom: 30 },
      xAxis: { type: 'category', data: years },
      yAxis: { type: 'value', scale: true },
      series: ['Örebro', 'Riket'].map((name, index) => ({
        name, type: 'line', data: values(number + index), endLabel: { show: true, formatter: '{a} {c}' },
      })),
    });
    drawn += chart.renderToSVGString().length > 0;
    chart.dispose();
  }
}
if (drawn !== 200) process.exit(1);
