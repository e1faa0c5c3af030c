const e=require("./cli.cjs"),t=require("./git-errors-w-BfKOG8.cjs"),n=require("./data-manifest-C8_COow2.cjs"),r=require("./visible-text-CFThEp__.cjs"),i=require("./scratch-D6o0TdG5.cjs");let a=require("node:path");a=e.y(a,1);function o(e=3e3){let t=s(20260101),n=e=>e[Math.floor(t()*e.length)],r={basic:9,plus:19,pro:39},i=[`customer,signed_up,plan,region,monthly_price,hours_used,complaints,cancelled`];for(let a=0;a<e;a++){let o=new Date(Date.UTC(2025,0,1)+Math.floor(a/e*365)*864e5).toISOString().slice(0,10),s=n([`basic`,`basic`,`plus`,`pro`]),c=r[s]+Math.round(t()*4),l=t()<.05?``:(t()*30).toFixed(1),u=Math.floor(t()*t()*5),d=-1.6+.9*u+(s===`basic`?.7:-.4)-.06*Number(l||12),f=t()<1/(1+Math.exp(-d));i.push(`c${1e5+a},${o},${s},${n([`north`,`south`,`east`,`west`])},${c},${l},${u},${f}`)}return`${i.join(`
`)}\n`}function s(e){let t=e>>>0;return()=>(t=Math.imul(t,1664525)+1013904223>>>0,t/4294967296)}var c=20;function l(e){let t=new Map,n=e.kind===`text`?e.codes.length:e.values.length,r=0;for(let i=0;i<n;i++){let n=e.kind===`text`?e.dictionary[e.codes[i]]:e.values[i];n===void 0||Number.isNaN(n)||(r++,(t.size<=100||t.has(n))&&t.set(n,(t.get(n)??0)+1))}let i=t.size,a=r===0?0:Math.max(...t.values())/r,o=e.kind===`text`||e.type===`integer`&&i<=c&&i*50<=r;return{task:i<=2?`binary`:o?`multiclass`:`regression`,classes:i,majority:a,rows:n}}var u=[`NA`,`N/A`,`n/a`,`NULL`,`null`,`None`,`NaN`,`nan`,`?`,`-`,`missing`];function d(e){let t=new Set,n=new Set;for(let r of e){if(r.kind!==`text`)continue;let e=r.dictionary.filter(e=>u.includes(e)),i=r.dictionary.filter(e=>!u.includes(e)),a=i.length>0&&i.every(e=>/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(e));for(let r of e)(a?t:n).add(r)}return[...t].filter(e=>!n.has(e))}function f(e,t){return e.find((e,n)=>e.name!==t&&(n===0||/(?:^|[^a-z])(?:id|key|uuid|guid|nr|no|number)(?:$|[^a-z])/i.test(e.name))&&p(e))?.name??null}function p(e){return e.kind===`text`?e.dictionary.length===e.codes.length&&e.codes.every(e=>e>=0):e.type===`integer`&&new Set(e.values).size===e.values.length}function m(e,t,n,r){let i=t.map(({name:e,type:t,format:n})=>{let r=n===void 0?``:`, format: ${JSON.stringify(n)}`;return`    - { name: ${_(e)}, type: ${t}${r} }`});return["# Where the rows are, and what must hold for them. Reference: `refit schema data-manifest`",`sources:`,`  - { path: ${_(e)} } # a glob such as data/*.csv takes files that arrive later, too`,`schema:`,`  fields:`,...i,...r.length>0?[`  missingValues: ${JSON.stringify([``,...r])}`]:[],"# prepare: |            # optional: one SELECT over `source`, in DuckDB's SQL",`#   SELECT * FROM source`,`checks:`,`  minRows: ${Math.max(1,Math.floor(n/2))}`,`sensitive: [] # columns whose values must appear in no report`,``].join(`
`)}function h(e,t){let{metrics:n,gates:r}=g(e);return["# What is predicted, how it is judged, and when a retrain is worth it. Reference: `refit schema model`",`task: ${e.task}`,`data: ${t.dataset}`,`target: ${_(t.target)}`,...t.time===null?[]:[`time: ${_(t.time)} # makes the holdout the newest rows`],t.key===null?`# key: id             # the column that identifies a row; it is no feature`:`key: ${_(t.key)} # identifies a row; it is no feature`,`features:`,`  exclude: [] # columns that would not be known at prediction time`,`candidates:`,`  - { learner: gbdt }`,`  - { learner: linear }`,`holdout: { fraction: 0.2, minRows: ${Math.max(20,Math.min(200,Math.floor(e.rows/20)))} }`,`metrics: ${n}`,`gates:`,...r.map(e=>`  - ${e}`),`retrain:`,`  minNewRows: ${Math.max(50,Math.round(e.rows/10))}`,`  maxAgeDays: 30`,`  cooldownHours: 24`,`merge: review`,`seed: 7`,``].join(`
`)}function g({task:e,classes:t,majority:n}){if(e===`binary`)return{metrics:`{ primary: rocAuc, also: [logLoss, brier, f1] }`,gates:[`{ metric: rocAuc, min: 0.6 }`,`{ metric: rocAuc, maxRegression: 0.02 }`]};if(e===`multiclass`){let e=Math.max(1/t,n);return{metrics:`{ primary: logLoss, also: [accuracy, f1Macro] }`,gates:[`{ metric: accuracy, min: ${Math.min(.99,e).toFixed(2)} } # no worse than always the most frequent class`,`{ metric: logLoss, maxRegression: 0.05 }`]}}return{metrics:`{ primary: rmse, also: [mae, r2] }`,gates:[`{ metric: r2, min: 0.05 }`,`{ metric: r2, maxRegression: 0.02 }`]}}function _(e){return/^[A-Za-z_][A-Za-z0-9_./-]*$/.test(e)&&!/^(?:true|false|null|yes|no|on|off)$/i.test(e)?e:JSON.stringify(e)}var v=/^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[ T](\d{1,2}):(\d{2})(:\d{2})?)?$/;function y(e){let t=e.map(e=>v.exec(e.trim())),[n]=t;if(!n)return null;let r=b(n),i=[`%d %m %Y`,`%m %d %Y`,`%Y %m %d`].filter(e=>t.every(t=>t&&t[2]===n[2]&&b(t)===r&&x(t,e))),a=i.length>1&&n[2]===`.`?i.find(e=>e.startsWith(`%d`)):i[0];return a===void 0||i.length>1&&n[2]!==`.`?null:{type:r===``?`date`:`datetime`,format:`${a.replaceAll(` `,n[2])}${r}`}}function b(e){return e[5]===void 0?``:`${e[0].includes(`T`)?`T`:` `}%H:%M${e[6]===void 0||e[7]===void 0?``:`:%S`}`}function x(e,t){let n=[e[1],e[3],e[4]];return t.split(` `).every((e,t)=>{let r=n[t];return e===`%Y`?r.length===4:r.length<=2&&Number(r)>=1&&Number(r)<=(e===`%m`?12:31)})}async function S(e,t,n,r,i){let a=await C(e,t,n,r,i,[]),{missing:o}=a;return o.length===0?a:C(e,t,n,r,i,o)}async function C(t,r,a,o,s,c){let u=n.n.parse({sources:[{path:a}],schema:{missingValues:[``,...c]}}),p=await t.sources.list(r,u,{workTree:!0});if(p.files.length===0)throw new e.d(`There is no ${a} in ${r.root}; paths count from there.`,w);let m=[];for(let e of p.files)m.push(await t.sources.fetch(r,e));let h=await i.t(r);t.out.progress(`Reading data`);try{let n=await t.tables.open({dataset:`init`,files:m,manifest:u,knownTypes:[],scratch:h.path});try{let t=[...p.findings,...n.findings].filter(e=>e.severity===`error`);if(t.length>0)throw new e.u(t);E(n.columns,`--target`,o),s!==null&&E(n.columns,`--time`,s);let r=await n.prepare({sql:null,target:o,time:s,key:[]}),i=s===null?n.columns:await D(n.columns,s,r),a=[];for(let{name:e,type:t}of n.columns)(t===`string`||t===`integer`)&&a.push(await r.column(e));return{columns:i,missing:c.length===0?d(a):c,key:f(a,o),found:l(await r.column(o))}}finally{await n.close()}}finally{await h.remove()}}var w=`refit init --data FILE --target COLUMN [--time COLUMN]`,T=e=>JSON.stringify(r.t(e,80));function E(t,n,r){let i=t.map(({name:e})=>e);if(i.includes(r))return;let a=e.g(r,i),o=a===void 0?`There are: ${i.slice(0,20).map(T).join(`, `)}.`:`Did you mean ${T(a)}?`;throw new e.d(`The data have no column ${T(r)} (${n}). ${o}`,w)}async function D(t,n,r){let i=({type:e})=>e===`date`||e===`datetime`;if(t.some(e=>e.name===n&&i(e)))return t;let a=await r.column(n),o=a.kind===`text`?y(a.dictionary):null;if(o!==null)return t.map(e=>e.name===n?{...e,...o}:e);let s=t.filter(i).map(({name:e})=>T(e)),c=a.kind===`text`?a.dictionary[0]:a.values[0];throw new e.d(`--time ${T(n)} holds no dates that can be read for certain, such as ${T(String(c))}. ${s.length>0?`Columns of dates are: ${s.join(`, `)}.`:"Write them as 2024-01-31, or leave out --time and declare the column's `format` in the data manifest."}`,w)}var O=[`simple`,`hardened`,`matrix`,`nx`];function k(e){return new Map([[`.github/workflows/refit.yml`,{simple:P,hardened:F,matrix:I,nx:L}[e.kind](e)]])}function A(e){let t=0;for(let n of e)t=(t*31+n.codePointAt(0))%9973;return 5+t%20+t%2*30}var j=e=>`\${{ ${e} }}`,M=j(`github.event_name == 'pull_request' && github.ref || 'base'`);function N({baseBranch:e,dataPaths:t,minute:n}){return`on:
  schedule: [{ cron: "${n} 3 * * *" }] # not at a full hour: GitHub drops runs when everybody comes
  push: { branches: [${JSON.stringify(e)}], paths: [${(e=>e.map(e=>JSON.stringify(e)).join(`, `))([`models/**`,`data-manifests/**`,...t])}] }
  pull_request: { branches: [${JSON.stringify(e)}] } # all: a required check waits for its answer on every one
  workflow_dispatch: { inputs: { reason: { description: Why retrain now, required: false, type: string } } }`}function P(e){return`name: refit
${N(e)}
permissions: { contents: write, pull-requests: write, checks: write, issues: write }
concurrency: { group: "refit-${M}" }
jobs:
  refit:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
        with: { fetch-depth: 0, persist-credentials: false } # history is the registry: fetch all of it
      - uses: ${e.action}
        with: { force-reason: "${j(`inputs.reason`)}" }
`}function F(e){let t=j(`runner.temp`),n=`github.event_name != 'pull_request'`,r=`- uses: actions/checkout@v7
        with: { fetch-depth: 0, persist-credentials: false }`;return`name: refit
${N(e)}
permissions: {}
jobs:
  # Training code runs here, and there is no token with which it could write.
  train:
    if: ${n}
    runs-on: ubuntu-latest
    permissions: { contents: read, pull-requests: read, checks: read }
    concurrency: { group: refit-train }
    outputs:
      candidates: ${j(`steps.train.outputs.candidates`)}
    steps:
      ${r} # history is the registry: fetch all of it
      - id: train
        uses: ${e.action}
        with: { command: train, candidates: "${t}/candidates", force-reason: "${j(`inputs.reason`)}" }
      - uses: actions/upload-artifact@v7
        with: { name: candidates, path: "${t}/candidates", overwrite: true, if-no-files-found: error, retention-days: 1 }
  # What was trained is judged and proposed here. No training: the digest says which candidates are meant.
  propose:
    needs: train
    runs-on: ubuntu-latest
    permissions: { contents: write, pull-requests: write, checks: write, issues: write }
    concurrency: { group: refit-propose }
    steps:
      ${r}
      - uses: actions/download-artifact@v8
        with: { name: candidates, path: "${t}/candidates" }
      - uses: ${e.action}
        with:
          command: run
          candidates: "${t}/candidates@${j(`needs.train.outputs.candidates`)}"
          force-reason: "${j(`inputs.reason`)}"
  promote:
    if: ${n}
    runs-on: ubuntu-latest
    permissions: { contents: write, pull-requests: write, checks: read, issues: write }
    concurrency: { group: refit-promote }
    steps:
      ${r}
      - uses: ${e.action}
        with: { command: promote }
  verify:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    permissions: { contents: read, pull-requests: read, checks: write }
    concurrency: { group: "refit-verify-${j(`github.ref`)}", cancel-in-progress: true }
    steps:
      ${r}
      - uses: ${e.action}
        with: { command: verify }
`}function I(e){return`name: refit
${N(e)}
permissions: {}
jobs:
  # What is live: verified on pull requests, promoted after merges, and the list of models for the next job.
  plan:
    runs-on: ubuntu-latest
    permissions: { contents: write, pull-requests: write, checks: write, issues: write }
    concurrency: { group: "refit-plan-${M}" }
    outputs:
      models: ${j(`steps.models.outputs.models`)}
    steps:
      - uses: actions/checkout@v7
        with: { fetch-depth: 0, persist-credentials: false } # history is the registry: fetch all of it
      - uses: ${e.action}
        with: { command: "${j(`github.event_name == 'pull_request' && 'verify' || 'promote'`)}" }
      - id: models
        uses: ${e.action}
        with: { command: status }
  run:
    needs: plan
    if: github.event_name != 'pull_request' && needs.plan.outputs.models != '[]'
    runs-on: ubuntu-latest
    permissions: { contents: write, pull-requests: write, checks: write, issues: write }
    strategy:
      fail-fast: false
      matrix:
        model: ${j(`fromJSON(needs.plan.outputs.models)`)}
    concurrency: { group: "refit-run-${j(`matrix.model`)}" } # one run per model at a time, all models at once
    steps:
      - uses: actions/checkout@v7
        with: { fetch-depth: 0, persist-credentials: false }
      - uses: ${e.action}
        with: { command: run, models: "${j(`matrix.model`)}", force-reason: "${j(`inputs.reason`)}" }
`}function L(e){return`name: refit
${N(e)}
permissions: { contents: write, pull-requests: write, checks: write, issues: write }
concurrency: { group: "refit-${M}" }
jobs:
  refit:
    runs-on: ubuntu-latest
    env: { NX_DAEMON: "false", NX_NO_CLOUD: "true" }
    steps:
      - uses: actions/checkout@v7
        with: { fetch-depth: 0, persist-credentials: false } # history is the registry: fetch all of it
      - uses: actions/setup-node@v7
        with: { node-version: 24, cache: npm }
      - run: npm ci
      - if: github.event_name != 'schedule'
        run: npx nx affected -t build --base="$NX_BASE" # what the training code needs
        env: { NX_BASE: "${j(`github.event.pull_request.base.sha || github.event.before || 'HEAD~1'`)}" }
      - if: github.event_name == 'schedule'
        run: npx nx run-many -t build
      - uses: ${e.action}
        with: { force-reason: "${j(`inputs.reason`)}" }
`}var R=`refit init [--data FILE --target COLUMN [--time COLUMN] | --example] [--model NAME] [--github [--workflow KIND] [--action NAME]] [--dry-run] [--json]`,z=`Write a data manifest and a model spec, inferred from your own data or for a small example, and a GitHub workflow.`,B={data:{type:`string`},target:{type:`string`},time:{type:`string`},model:{type:`string`},example:{type:`boolean`},github:{type:`boolean`},workflow:{type:`string`},action:{type:`string`},"dry-run":{type:`boolean`},json:{type:`boolean`}},V={data:`CSV, Parquet or JSON Lines file inside the repository`,target:`the column to predict`,time:`the date column; makes the holdout the newest rows`,model:`name of the model; default: from the file's name`,example:`write a small made-up data set and a model for it`,github:`write .github/workflows/refit.yml; alone, or with the model`,workflow:`with --github: simple (the default), hardened (no write token where training runs), matrix (each model in a job of its own) or nx (a monorepo)`,action:`with --github: where the action comes from, such as OWNER/refit@v1`,"dry-run":`print the files, write nothing`,json:`print the files as JSON`},H=`4b825dc642cb6eb9a060e54bf8d69288fbee4904`,U=`OWNER/refit@v1`,W=`On GitHub, turn on Settings → Actions → General → "Allow GitHub Actions to create and approve pull requests".`,G=`In .github/workflows/refit.yml, OWNER stands for the owner of the repository that you take refit from.`,K=`models/*/champion/** -text -merge`;async function q(t,n,r){if(n.length>0)throw new e.d(`init takes no names; use --model.`,R);let i=r.example===!0,s=i?`data/subscriptions.csv`:r.data,c=i?`cancelled`:r.target,l=i?`signed_up`:r.time??null,u=s!==void 0&&c!==void 0;if(!u&&(s!==void 0||c!==void 0||r.github!==!0))throw new e.d(`init needs --data and --target, or --example, or --github.`,R);let d=await te(t),f=s===void 0?[`data/**`]:[Z(X(d,s))],p=new Map(r.github===!0?ee(d,r,f):[]);if(!u)return await Q(t,d,p,r[`dry-run`]===!0),Y(t,p,r,[``,...J(r)]),0;let g=a.default.join(d.root,s);i&&p.set(s,o()),i&&r[`dry-run`]!==!0&&await t.files.write(g,$(p.get(s)));let _=X(d,s),v=ne(r.model??a.default.posix.basename(_)),y=await S(t,d,_,c,l);p.set(`data-manifests/${v}.yaml`,m(_,y.columns,y.found.rows,y.missing)),p.set(`models/${v}/model.yaml`,h(y.found,{dataset:v,target:c,time:l,key:y.key}));let b=await re(t,d,_);return b!==null&&p.set(`.gitattributes`,b),await Q(t,d,p,r[`dry-run`]===!0),Y(t,p,r,ie(v,y.found.task,r)),0}var J=({action:e})=>[...e===void 0?[G]:[],W];function ee(t,n,r){let i=O.find(e=>e===(n.workflow??`simple`));if(i===void 0)throw new e.d(`--workflow is one of ${O.join(`, `)}.`,R);let o=n.action??U;if(!/^[\w.-]+\/[\w./-]+@[\w./-]+$/.test(o))throw new e.d(`--action is OWNER/NAME@VERSION.`,R);let s=A(a.default.basename(t.root));return k({kind:i,action:o,baseBranch:t.baseBranch,dataPaths:r,minute:s})}function Y(e,t,n,r){if(n.json===!0)return e.out.print(JSON.stringify(Object.fromEntries(t),null,2));let i=[...t].filter(([e])=>!e.startsWith(`data/`)),a=n[`dry-run`]===!0?i.flatMap(([e,t])=>[`# ${e}`,t]):[...[...t.keys()].map(e=>`wrote ${e}`),...r];for(let t of a)e.out.print(t)}async function te(e){try{return await e.git.locate()}catch(e){if(!(e instanceof t.d))throw e;let{folder:n}=e;return{root:n,commonDir:a.default.join(n,`.git`),baseBranch:`main`,baseCommit:H,remote:null,notices:[]}}}function X(t,n){let r=a.default.relative(t.root,a.default.resolve(t.root,n)).split(a.default.sep).join(`/`);if(r.startsWith(`../`)||a.default.isAbsolute(r))throw new e.d(`${n} lies outside of the repository; copy it in first.`,R);return r}function ne(t){let n=t.replace(/\.(?:csv|tsv|parquet|jsonl|ndjson)(?:\.gz)?$/i,``).normalize(`NFD`).replaceAll(/\p{M}/gu,``).toLowerCase().replaceAll(/[^a-z0-9]+/g,`-`).replaceAll(/^-+|-+$/g,``);if(n===``)throw new e.d(`No model name can be made of "${t}"; use --model.`,R);return n}async function re(e,t,n){let r=await e.files.read(a.default.join(t.root,`.gitattributes`)),i=r===null?``:new TextDecoder().decode(r),o=[K,`${Z(n)} -text`].filter(e=>!i.split(`
`).includes(e));return o.length===0?null:`${i}${i===``||i.endsWith(`
`)?``:`
`}${o.join(`
`)}\n`}function Z(e){let t=a.default.posix.dirname(e),n=t===`.`?`*${a.default.posix.extname(e)}`:`${t}/**`;return/[\s"]/.test(n)?JSON.stringify(n):n}async function Q(t,n,r,i){let o=[...r].filter(([e])=>e!==`.gitattributes`&&!e.startsWith(`data/`));for(let[r]of o)if(await t.files.read(a.default.join(n.root,r))!==null)throw new e.n(r);if(!i)for(let[e,i]of r)await t.files.write(a.default.join(n.root,e),$(i))}function ie(e,t,n){let r=`git add -A && git commit -m "Add the model ${e}"`;return[``,`The task was read as ${t}. Look at models/${e}/model.yaml: are there columns that would not be known at prediction time?`,``,...n.github===!0?[...J(n),``,`Then:`,`  ${r} && git push`,`The push starts the workflow, which proposes the first model.`]:[`Then:`,`  ${r}`,`  refit run ${e}`]]}var $=e=>new TextEncoder().encode(e);exports.optionHelp=V,exports.options=B,exports.run=q,exports.summary=z,exports.usage=R;