// Added to the pages of `greffe serve` only: reloads a page when its site has changed, and shows what is wrong
// with the content when a build failed. Listens only while the page is seen, for a browser allows six streams.
(function () {
  "use strict";
  var version = document.currentScript.dataset.version;
  var stream = null;

  function show(problem) {
    var banner = document.getElementById("greffe-banner");
    if (!problem) {
      if (banner) banner.remove();
      return;
    }
    if (!banner) {
      var style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = "/.greffe/banner.css";
      document.head.append(style);
      banner = document.createElement("div");
      banner.id = "greffe-banner";
      banner.setAttribute("role", "alert");
      banner.append(document.createElement("pre"));
      document.body.append(banner);
    }
    banner.firstChild.textContent = problem;
  }

  function listen() {
    if (document.hidden) {
      if (stream) stream.close();
      stream = null;
    } else if (!stream) {
      stream = new EventSource("/.greffe/events");
      stream.onmessage = function (event) {
        var state = JSON.parse(event.data);
        if (state.version !== version) location.reload();
        else show(state.problem);
      };
    }
  }

  document.addEventListener("visibilitychange", listen);
  // A browser that keeps pages for the "back" button must not keep their streams.
  window.addEventListener("pagehide", function () {
    if (stream) stream.close();
    stream = null;
  });
  window.addEventListener("pageshow", listen);
  listen();
})();
