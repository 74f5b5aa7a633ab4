// Makes ECharts draw without a browser: text is measured with our tables, time stands still, chance is constant.
// Takes an option as JSON, the maps as GeoJSON; gives SVG and where the
// values of lines stand. Evaluated once, after ECharts.
(function () {
  globalThis.setTimeout = globalThis.requestAnimationFrame = function () { return 0; };
  globalThis.clearTimeout = globalThis.cancelAnimationFrame = function () {};
  // ECharts makes internal names out of chance; they never reach the drawing, but need not differ either.
  Math.random = function () { return 0.5; };
  var advances = {};

  var fonts = {};

  function read(font) {
    var size = /([\d.]+)px/.exec(font);
    return (fonts[font] = { size: size ? +size[1] : 12, weight: /bold|[6-9]00/.test(font) ? 1 : 0 });
  }

  function measure(text, font) {
    var known = fonts[font || ''] || read(font || '');
    var sum = 0;
    for (var letter of String(text)) sum += (advances[letter] || [780, 780])[known.weight];
    return { width: sum * known.size / 1000 };
  }
  echarts.setPlatformAPI({ measureText: measure });

  // Which component waits for which is the same in every drawing, yet ECharts works it out twice for each. Its own answer
  // is asked for once, with all components wanted, and remembered; a component is due when it is wanted or one it
  // waits for is.
  var Component = echarts.ComponentModel, travel = Component.topologicalTravel, order = [];
  Component.topologicalTravel = function (wanted, all, visit, context) {
    if (!order.length) travel(all, all, function (name, needs) { order.push({ name: name, needs: needs }); });
    var due = {};
    wanted.forEach(function (name) { due[name] = true; });
    order.forEach(function (one) {
      if (!due[one.name] && !one.needs.some(function (need) { return due[need]; })) return;
      due[one.name] = true;
      visit.call(context, one.name, one.needs.slice());
    });
  };

  // Most of the stages a drawing goes through belong to kinds of series it has not. An option that may bring series in
  // some other way goes through all.
  function spare(scheduler, option) {
    if (option.baseOption || option.options || option.media || option.timeline) return;
    var kinds = {};
    [].concat(option.series || []).forEach(function (series) { if (series) kinds[series.type] = true; });
    ['_allHandlers', '_dataProcessorHandlers', '_visualHandlers'].forEach(function (stages) {
      scheduler[stages] = scheduler[stages].filter(function (stage) { return !stage.seriesType || kinds[stage.seriesType]; });
    });
  }

  // An axis whose formatter is {texts: {"2019": "2018/19"}} gets the function that looks its labels up; a tick
  // that an author's overlay brought in is written in the same number style.
  function labeller(spec) {
    return function (value) {
      var known = spec.texts[String(value)];
      if (known !== undefined) return known;
      var n = typeof value === 'number' ? value : Number(value);
      if (!isFinite(n) || !spec.numbers) return String(value);
      var parts = String(Math.abs(n)).split('.');
      var whole = parts[0].replace(/\B(?=(\d{3})+$)/g, spec.numbers.group);
      return (n < 0 ? spec.numbers.minus : '') + whole + (parts[1] ? spec.numbers.decimal + parts[1] : '');
    };
  }

  function revive(axes) {
    [].concat(axes || []).forEach(function (axis) {
      var label = axis && axis.axisLabel;
      if (label && label.formatter && label.formatter.texts) label.formatter = labeller(label.formatter);
    });
  }

  // An area between two values an item, [position, low, high]: one polygon for each run without a gap, and a slim bar
  // where a run is a single item.
  function band(params, api) {
    if (params.context.drawn) return;
    params.context.drawn = true;
    var areas = [], high = [], low = [];
    function close() {
      if (high.length === 1) {
        high = [[high[0][0] - 3, high[0][1]], [high[0][0] + 3, high[0][1]]];
        low = [[low[0][0] - 3, low[0][1]], [low[0][0] + 3, low[0][1]]];
      }
      if (high.length) areas.push({ type: 'polygon', shape: { points: high.concat(low.reverse()) }, style: { fill: api.visual('color') } });
      high = [];
      low = [];
    }
    for (var at = 0; at < params.dataInsideLength; at++) {
      var x = api.value(0, at), bottom = api.value(1, at), top = api.value(2, at);
      if (isFinite(bottom) && isFinite(top)) {
        high.push(api.coord([x, top]));
        low.push(api.coord([x, bottom]));
      } else close();
    }
    close();
    return { type: 'group', children: areas };
  }

  // A line across the plot at one value of the horizontal axis. As a mark line it would lie over the values' labels.
  function rule(params, api) {
    var x = Math.round(api.coord([api.value(0), 0])[0]) + 0.5, box = params.coordSys;
    return { type: 'line', shape: { x1: x, y1: box.y, x2: x, y2: box.y + box.height },
      style: { stroke: api.visual('color'), lineWidth: 1.5, lineDash: [6, 4] } };
  }

  // Where the values of lines stand: [series, item, x, y, …]. Marks that are only there to be found by a pointer are made
  // of them afterwards, which costs far less than having ECharts draw each.
  function places(chart) {
    var found = [];
    chart.getModel().eachSeries(function (series) {
      var data = series.getData();
      var number = series.seriesIndex;
      if (series.subType === 'line') {
        var points = data.getLayout('points') || [];
        for (var at = 0; at * 2 < points.length; at++) found.push(number, at, points[at * 2], points[at * 2 + 1]);
      } else if (series.subType === 'radar') {
        data.each(function (item) {
          var corners = data.getItemLayout(item) || [];
          // The last corner is the first again.
          for (var at = 0; at < corners.length - 1; at++) {
            found.push(number, item * (corners.length - 1) + at, corners[at][0], corners[at][1]);
          }
        });
      }
    });
    return found.map(function (n) { return isFinite(n) ? Math.round(n * 10) / 10 : null; });
  }

  globalThis.utsikt = {
    widths: function (json) { advances = JSON.parse(json); },
    map: function (name, json) { echarts.registerMap(name, JSON.parse(json)); },
    draw: function (json, width, height) {
      var option = JSON.parse(json);
      revive(option.xAxis);
      revive(option.yAxis);
      [].concat(option.series || []).forEach(function (series) {
        var ours = series && { band: band, rule: rule }[series.renderItem];
        if (ours) series.renderItem = ours;
      });
      var chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: width, height: height });
      try {
        spare(chart._scheduler, option);
        chart.setOption(option);
        // ECharts' own renderToSVGString has no way to leave out the classes and styles of what a pointer would change.
        return [chart.getZr().painter.renderToString({ cssAnimation: false, cssEmphasis: false }), JSON.stringify(places(chart))];
      } finally {
        chart.dispose();
      }
    }
  };
})();
