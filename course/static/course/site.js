// The one entry module of every page. An element names the module that brings it to life in data-module;
// it is loaded when a page holds such an element, so a page pays for nothing else.
for (const element of document.querySelectorAll("[data-module]")) {
  import(element.dataset.module).then(module => module.start(element))
}
