// What became of the last code. Without this script the page works all the same.
(function () {
  var said = { "?wrong": "That is not the code of this start.", "?wait": "Too many wrong codes. Wait a minute." };
  if (said[location.search]) document.getElementById("said").textContent = said[location.search];
})();
