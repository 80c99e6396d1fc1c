// A browser that cannot run the page's own scripts is told so. Written for the oldest of them.
window.setTimeout(function () {
  if (document.body.getAttribute("data-ready")) return;
  var note = document.getElementById("note");
  note.textContent =
    "This browser is too old for this page. It needs Chrome 103, Safari 16 or Firefox 100. In a terminal: make talk";
}, 4000);
