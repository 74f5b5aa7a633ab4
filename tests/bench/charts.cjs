// 200 drawings by ECharts in Node: the same minified ECharts, the same few lines around it (src/chart/engine.js) and the same
// options as Utsikt has it draw, 50 times each of four: a trend and a slope, at 720 and 360 px.
// Takes the path of the repository; writes nothing; the time of the whole process is what is measured. What is left out:
// reading a site, cleaning the drawings for the page, tables, pages and downloads, all of which Utsikt's time has in it.
const fs = require('fs');
const path = require('path');
const vm = require('vm');

const root = process.argv[2];
globalThis.echarts = require('echarts/dist/echarts.min.js');
vm.runInThisContext(fs.readFileSync(path.join(root, 'src/chart/engine.js'), 'utf8'));
// Without the table of widths every letter is as wide as the widest; every label has its place in the options anyway.
utsikt.widths('{}');
const options = JSON.parse(fs.readFileSync(path.join(root, 'tests/bench/options.json'), 'utf8'));
let drawn = 0;
for (let round = 0; round < 50; round++) {
  for (const [option, width, height] of options) {
    const [svg] = utsikt.draw(JSON.stringify(option), width, height);
    drawn += svg.startsWith('<svg') ? 1 : 0;
  }
}
if (drawn !== 200) process.exit(1);
