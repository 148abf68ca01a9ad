/** The style sheet of the page: light and dark by the reader's preference, one column where there is no room for two. */
export const style = `
:root { --bg: #fff; --raised: #f6f7f9; --ink: #1b1f24; --quiet: #5b6570; --line: #cdd3da; --accent: #0b57d0; --good: #14703c; --good-bg: #e4f4ea; --bad: #b3261e; --bad-bg: #fde9e7; --warn: #7a5200; --warn-bg: #fff2d6; --none-bg: #e9ecf0; --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
@media (prefers-color-scheme: dark) { :root { --bg: #14171b; --raised: #1d2126; --ink: #e6e9ed; --quiet: #9aa5b1; --line: #363d46; --accent: #8ab4f8; --good: #7ddba0; --good-bg: #143222; --bad: #ff9c93; --bad-bg: #47201d; --warn: #f2c66d; --warn-bg: #3a2d10; --none-bg: #2a3038; } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 3.5rem; }
body { margin: 0; background: var(--bg); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif; }
p { overflow-wrap: anywhere; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 2px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
code, pre { font-family: var(--mono); font-size: .86em; overflow-wrap: anywhere; }
small, .quiet { color: var(--quiet); font-size: .86rem; font-weight: normal; }
.path { overflow-wrap: anywhere; }
.skip, .hidden { position: absolute; left: -9999px; }
.skip:focus { left: 1rem; top: .5rem; background: var(--bg); padding: .3rem .6rem; z-index: 3; }
header, main { max-width: 86rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.5rem; padding-bottom: 1rem; }
header .kind { margin: 0; color: var(--quiet); }
h1 { margin: .1rem 0 .2rem; font-size: 2.1rem; line-height: 1.15; }
.good h1 { color: var(--good); } .bad h1 { color: var(--bad); } .unclear h1 { color: var(--warn); }
.line { margin: 0 0 1rem; max-width: 70rem; }
.subject { border: 1px solid var(--line); border-radius: 8px; padding: .7rem 1rem; background: var(--raised); margin-bottom: .6rem; }
.subject h2 { margin: 0; font-size: 1.05rem; } .subject p { margin: .2rem 0 0; }
.figures { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; margin: .3rem 0 0; padding: 0; }
.figures b { font-size: 1.25rem; font-variant-numeric: tabular-nums; }
.figures .pass b { color: var(--good); } .figures .fail b, .figures .harness-error b { color: var(--bad); } .figures .inconclusive b, .figures .expected-failure b, .figures .untested b { color: var(--warn); }
nav { position: sticky; top: 0; z-index: 2; background: var(--bg); border-bottom: 1px solid var(--line); display: flex; gap: 1.3rem; padding: .5rem max(1.25rem, calc((100vw - 86rem) / 2 + 1.25rem)); overflow-x: auto; scrollbar-width: none; white-space: nowrap; }
nav a { text-decoration: none; } nav b { color: var(--quiet); font-weight: normal; }
section > h2 { margin: 2rem 0 .7rem; font-size: 1.35rem; }
.chip { display: inline-block; font-size: .74rem; line-height: 1.5; padding: 0 .5em; border-radius: 4px; background: var(--none-bg); color: var(--ink); white-space: nowrap; vertical-align: .08em; }
.chip.pass { background: var(--good-bg); color: var(--good); } .chip.fail, .chip.harness-error { background: var(--bad-bg); color: var(--bad); } .chip.warn, .chip.inconclusive, .chip.untested, .chip.expected-failure { background: var(--warn-bg); color: var(--warn); }
.problem { border: 1px solid var(--line); border-left: 4px solid var(--warn); border-radius: 8px; padding: .9rem 1.1rem 1.1rem; margin-bottom: 1.1rem; }
.problem.fail, .problem.harness-error { border-left-color: var(--bad); }
.problem h3 { margin: 0; font-size: 1.05rem; } .problem > .title { margin: 0 0 .6rem; color: var(--quiet); }
.two { display: grid; grid-template-columns: minmax(20rem, 5fr) minmax(0, 8fr); gap: 1.6rem; }
.facts { min-width: 0; } .frames { min-width: 0; }
.rule { margin: 0 0 .5rem; } .also { margin: 0 0 .6rem; } .peers { margin: .5rem 0 0; } .users { margin: 0 0 .6rem; padding: .45rem .7rem; background: var(--warn-bg); border-radius: 6px; } .users span { color: var(--warn); font-weight: 600; margin-right: .4em; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .3rem .9rem; margin: 0 0 .7rem; } dt { color: var(--quiet); } dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.contradiction { border-collapse: collapse; width: 100%; margin: 0 0 .7rem; background: var(--raised); border-radius: 6px; } .contradiction caption { text-align: left; color: var(--quiet); padding-bottom: .2rem; }
.contradiction td, .contradiction th { text-align: left; vertical-align: baseline; padding: .2rem .5rem; } .contradiction td:first-child { color: var(--quiet); text-align: right; font-variant-numeric: tabular-nums; }
.again { display: flex; gap: .6rem; align-items: start; background: var(--raised); border-radius: 6px; padding: .5rem .7rem; margin-top: .6rem; } .again code { flex: 1; }
button { font: inherit; font-size: .8rem; color: var(--ink); background: var(--bg); border: 1px solid var(--line); border-radius: 5px; padding: .1rem .6rem; cursor: pointer; }
pre { margin: 0; padding: .5rem .7rem; background: var(--raised); border-radius: 6px; white-space: pre-wrap; } .full { margin: .6rem 0 .2rem; color: var(--quiet); font-size: .86rem; }
hr { border: 0; border-top: 1px solid var(--line); margin: .7rem 0; }
.diagram { --w: 5.2rem; list-style: none; margin: 0; padding: 0; font-size: .86rem; }
.diagram li { display: grid; grid-template-columns: 6.6rem calc(var(--n) * var(--w)) minmax(0, 1fr); align-items: start; }
.diagram li > span { color: var(--quiet); font-variant-numeric: tabular-nums; padding: .15rem 0 0 .3rem; white-space: nowrap; } .diagram small { font-size: .72rem; }
.diagram .lanes div { display: grid; grid-template-columns: repeat(var(--n), var(--w)); } .diagram .lanes div span { text-align: center; font-weight: 600; overflow: hidden; text-overflow: ellipsis; padding: 0 .15rem; }
.diagram code { padding: .2rem .3rem .1rem 0; margin-left: calc(var(--w) / -2 + .7rem); }
.diagram i { position: relative; align-self: stretch; min-height: 1.6rem; background: repeating-linear-gradient(90deg, transparent 0 calc(var(--w) / 2 - .5px), var(--line) calc(var(--w) / 2 - .5px) calc(var(--w) / 2 + .5px), transparent calc(var(--w) / 2 + .5px) var(--w)); }
.diagram i::before { content: ''; position: absolute; top: .78rem; left: calc((var(--i) + .5) * var(--w)); right: calc(.5 * var(--w)); border-top: 2px solid var(--accent); }
.diagram i::after { content: ''; position: absolute; top: calc(.78rem - 4px); border: 5px solid transparent; }
.diagram .s::after { right: calc(.5 * var(--w)); border-left: 8px solid var(--accent); border-right: 0; } .diagram .c::before { border-color: var(--quiet); } .diagram .c::after { left: calc((var(--i) + .5) * var(--w)); border-right: 8px solid var(--quiet); border-left: 0; }
.diagram .n::before { border: 0; } .diagram .n::after { left: calc((var(--i) + .5) * var(--w) - 4px); border: 4px solid var(--quiet); border-radius: 50%; }
.diagram .gap { display: block; color: var(--quiet); padding: .1rem 0 .1rem 6.9rem; font-size: .8rem; } .diagram .gap::before { content: '⋮ '; }
.diagram .offending { background: var(--bad-bg); box-shadow: inset 3px 0 var(--bad); } .diagram .offending i::before, .diagram .offending i::after { --accent: var(--bad); --quiet: var(--bad); }
.diagram .evidence, .diagram .last { background: var(--warn-bg); box-shadow: inset 3px 0 var(--warn); }
.diagram em { font: 600 .72rem/1.4 system-ui, sans-serif; padding: 0 .35em; border-radius: 3px; background: var(--bg); } .offending em { color: var(--bad); } .evidence em, .last em { color: var(--warn); }
.filter { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin-bottom: .7rem; } fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .35rem; }
.choice input { position: absolute; opacity: 0; } .choice span { display: inline-block; border: 1px solid var(--line); border-radius: 99px; padding: .05rem .7rem; cursor: pointer; font-size: .86rem; } .choice b { font-weight: normal; color: var(--quiet); }
.choice input:checked + span { background: var(--ink); color: var(--bg); border-color: var(--ink); } .choice input:checked + span b { color: inherit; } .choice input:focus-visible + span { outline: 2px solid var(--accent); outline-offset: 2px; }
input[type=search] { font: inherit; color: inherit; background: var(--bg); border: 1px solid var(--line); border-radius: 6px; padding: .2rem .6rem; width: 16rem; max-width: 60vw; } output { color: var(--quiet); }
.rules { border-collapse: collapse; width: 100%; } .rules td, .rules th { text-align: left; vertical-align: baseline; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); } .rules thead th { color: var(--quiet); font-weight: normal; font-size: .86rem; } .rules .count { text-align: right; font-variant-numeric: tabular-nums; } .rules tbody th { white-space: nowrap; }
.rules tbody tr { content-visibility: auto; }
.scenario { border-bottom: 1px solid var(--line); } .scenario > summary { padding: .35rem 0; cursor: pointer; } .scenario > summary .title { color: var(--quiet); margin-left: .4em; } .scenario .name { font-weight: 600; overflow-wrap: anywhere; } .scenario .body { padding: .2rem 0 1rem 1.1rem; }
tr:target, details:target > summary { background: var(--warn-bg); }
@media (max-width: 60rem) { .two { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 44rem) {
  header, main { padding-left: .9rem; padding-right: .9rem; } h1 { font-size: 1.6rem; } nav { padding-left: .9rem; }
  .problem { padding: .7rem .7rem .9rem; } dl { grid-template-columns: minmax(0, 1fr); gap: 0; } dd { margin-bottom: .4rem; }
  .diagram { --w: min(4.2rem, calc((100vw - 8.6rem) / var(--n))); } .diagram li { grid-template-columns: 5.2rem minmax(0, 1fr); padding-bottom: .15rem; } .diagram li > code { grid-column: 1 / -1; padding: 0 .3rem .2rem 1.4rem; margin: 0; } .diagram i { width: calc(var(--n) * var(--w)); } .diagram .lanes div span { font-size: .72rem; } .diagram .gap { padding-left: 1.4rem; }
  .rules, .rules tbody, .rules tr { display: block; } .rules thead { display: none; } .rules td, .rules th { display: inline; border: 0; padding-right: .4rem; } .rules td:nth-child(3) { display: block; padding: 0; } .rules .count { display: none; } .rules tr { border-bottom: 1px solid var(--line); padding: .4rem 0; }
  .scenario > summary .title { display: block; margin: 0; } .scenario .body { padding-left: 0; }
}
@media print { nav, .filter, button { display: none; } }
`;
