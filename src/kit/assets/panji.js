/* Panji's own script: makes quicker and safer what works without it. Nothing here is needed to do one's work; all
   words come from the page. */
(function () {
  'use strict';
  var body = document.body;
  var byId = function (id) { return document.getElementById(id); };

  /* ---- keyboard: "/" search, g and a letter, "?" the list; Ctrl+Enter sends. Never while typing; can be switched off. ---- */

  var going = 0;
  function isTyping(at) {
    return at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
  }
  function keysShow() {
    var list = byId('panji-keys');
    if (!list) return;
    list.open = true;
    list.querySelector('summary').focus();
    list.scrollIntoView({ block: 'center' });
  }
  function keyDown(event) {
    if (event.key === 'Enter' && event.ctrlKey && event.target.form) {
      var send = event.target.form.querySelector('button:not(.second):not(.link)[type=submit]');
      if (send) { event.preventDefault(); send.click(); }
      return;
    }
    if (body.dataset.keys === 'off' || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    if (event.key === '/' && byId('panji-search')) {
      event.preventDefault();
      byId('panji-search').focus();
    } else if (event.key === '?') {
      keysShow();
    } else if (event.key === 'g') {
      going = Date.now();
    } else if (Date.now() - going < 1500) {
      going = 0;
      var link = document.querySelector('.places a[accesskey="' + CSS.escape(event.key.toLowerCase()) + '"]');
      if (link) { event.preventDefault(); link.click(); }
    }
  }
  document.addEventListener('keydown', keyDown);

  /* ---- what goes wrong is read first; a part of the page that was exchanged does not lose one's place ---- */

  var told = null; /* only errors that are new: whoever is mending those of before is left at it */
  function focusErrors() {
    var errors = byId('panji-errors');
    if (errors && errors !== told) errors.focus();
    told = errors;
  }
  focusErrors();
  /* What was typed after the page was asked again is newer than the answer: it stays, and so does one's place. */
  var typed = {}, place = '';
  function named(name) { return document.querySelectorAll('main [name="' + CSS.escape(name) + '"]'); }
  document.addEventListener('input', function (event) {
    var at = event.target;
    if (at.name && at.type !== 'file') typed[at.name] = { value: at.value, on: at.checked, when: Date.now() };
  }, true);
  document.addEventListener('focusin', function (event) {
    var at = event.target, mark = at.name ? 'name' : at.hasAttribute('href') ? 'href' : '';
    place = mark && 'main [' + mark + '="' + CSS.escape(at.getAttribute(mark)) + '"]';
  });
  document.addEventListener('htmx:before:request', function (event) { event.detail.ctx.asked = Date.now(); });
  function keepTyped(asked) {
    Object.keys(typed).forEach(function (name) {
      if (!(typed[name].when >= asked)) return;
      named(name).forEach(function (field) {
        if (field.type === 'radio') field.checked = field.value === typed[name].value;
        else if (field.type === 'checkbox') { if (field.value === typed[name].value) field.checked = typed[name].on; }
        else if (field.value !== typed[name].value) field.value = typed[name].value;
      });
    });
  }
  document.addEventListener('htmx:after:swap', function (event) {
    keepTyped(event.detail.ctx.asked);
    focusErrors();
    if (document.activeElement !== body) return;
    var again = place && document.querySelector(place);
    if (again) again.focus({ preventScroll: true });
    else if (byId('main')) byId('main').focus({ preventScroll: true });
  });

  /* ---- is the line there ---- */

  function lineIs(up) {
    var lamp = byId('panji-line');
    if (!lamp || lamp.classList.contains('lost') === !up) return;
    lamp.classList.toggle('lost', !up);
    lamp.textContent = up ? lamp.dataset.up : lamp.dataset.lost;
  }
  function lineAsk() {
    if (document.hidden) return;
    fetch('/health', { cache: 'no-store' }).then(function (answer) { lineIs(answer.status < 500); }, function () { lineIs(false); });
  }
  window.addEventListener('offline', function () { lineIs(false); });
  window.addEventListener('online', lineAsk);
  setInterval(lineAsk, 60000);

  /* ---- the session ends after a while without a call: say so before. Other windows of the same person count. ---- */

  var idle = Number(body.dataset.idle) * 1000;
  var notice = byId('panji-time');
  function seen() {
    try { localStorage.setItem('panji-seen', String(Date.now())); } catch (error) { body.dataset.seen = Date.now(); }
  }
  function lastSeen() {
    try { return Number(localStorage.getItem('panji-seen')); } catch (error) { return Number(body.dataset.seen); }
  }
  function timeCheck() {
    var left = lastSeen() + idle - Date.now();
    var warn = Math.min(180000, idle / 2);
    var was = notice.hidden;
    notice.hidden = left > warn;
    notice.firstElementChild.textContent = left > 0 ? notice.dataset.soon.replace('#', Math.ceil(left / 60000)) : notice.dataset.over;
    notice.querySelector('button').hidden = left <= 0;
    if (was && !notice.hidden) document.title = '⏳ ' + document.title;
    if (!was && notice.hidden) document.title = document.title.replace('⏳ ', '');
  }
  function timeStay() {
    fetch('/session', { redirect: 'manual' }).then(function (answer) {
      if (answer.ok) seen();
      timeCheck();
    }, function () { lineIs(false); });
  }
  if (idle && notice) {
    seen();
    notice.querySelector('button').addEventListener('click', timeStay);
    setInterval(timeCheck, Math.min(15000, idle / 10));
    document.addEventListener('htmx:after:request', seen);
  }

  /* ---- leaving with something typed and not sent; sending twice. What a draft has kept is told by "panji:saved". ---- */

  var unsent = false;
  document.addEventListener('input', function (event) {
    if (event.target.closest('form.typed')) unsent = true;
  });
  document.addEventListener('panji:saved', function () { unsent = false; });
  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 5000) { event.preventDefault(); return; }
    form.dataset.sent = Date.now();
    unsent = false;
  });
  window.addEventListener('pageshow', function () {
    document.querySelectorAll('form[data-sent]').forEach(function (form) { delete form.dataset.sent; });
  });
  window.addEventListener('beforeunload', function (event) {
    if (unsent) { event.preventDefault(); event.returnValue = ''; }
  });
})();
