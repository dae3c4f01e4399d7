// Sets the chosen theme before the first paint; a file of its own, because the CSP allows no inline script.
(function () {
  var choice = null
  try { choice = localStorage.getItem('theme') } catch (error) { choice = null } // storage may be blocked: then the system decides
  if (choice === 'light' || choice === 'dark') document.documentElement.dataset.theme = choice
})()
