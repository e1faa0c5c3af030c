const e=require("./rolldown-runtime-DbbDpzbe.cjs"),t=require("./cli.cjs"),n=require("./git-errors-CAhrw1hq.cjs"),r=require("./visible-text-CFThEp__.cjs"),i=require("./data-manifest-C8_COow2.cjs"),a=require("./scratch-DV9nhD6z.cjs");let o=require("node:path");o=e.r(o,1);function s(e=3e3){let t=c(20260101),n=e=>e[Math.floor(t()*e.length)],r={basic:9,plus:19,pro:39},i=[`customer,signed_up,plan,region,monthly_price,hours_used,complaints,cancelled`];for(let a=0;a<e;a++){let o=new Date(Date.UTC(2025,0,1)+Math.floor(a/e*365)*864e5).toISOString().slice(0,10),s=n([`basic`,`basic`,`plus`,`pro`]),c=r[s]+Math.round(t()*4),l=t()<.05?``:(t()*30).toFixed(1),u=Math.floor(t()*t()*5),d=-1.6+.9*u+(s===`basic`?.7:-.4)-.06*Number(l||12),f=t()<1/(1+Math.exp(-d));i.push(`c${1e5+a},${o},${s},${n([`north`,`south`,`east`,`west`])},${c},${l},${u},${f}`)}return`${i.join(`
`)}\n`}function c(e){let t=e>>>0;return()=>(t=Math.imul(t,1664525)+1013904223>>>0,t/4294967296)}var l=20;function u(e){let t=new Map,n=e.kind===`text`?e.codes.length:e.values.length,r=0;for(let i=0;i<n;i++){let n=e.kind===`text`?e.dictionary[e.codes[i]]:e.values[i];n===void 0||Number.isNaN(n)||(r++,(t.size<=100||t.has(n))&&t.set(n,(t.get(n)??0)+1))}let i=t.size,a=r===0?0:Math.max(...t.values())/r,o=e.kind===`text`||e.type===`integer`&&i<=l&&i*50<=r;return{task:i<=2?`binary`:o?`multiclass`:`regression`,classes:i,majority:a,rows:n}}var d=[`NA`,`N/A`,`n/a`,`NULL`,`null`,`None`,`NaN`,`nan`,`?`,`-`,`missing`];function f(e){let t=new Set,n=new Set;for(let r of e){if(r.kind!==`text`)continue;let e=r.dictionary.filter(e=>d.includes(e)),i=r.dictionary.filter(e=>!d.includes(e)),a=i.length>0&&i.every(e=>/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(e));for(let r of e)(a?t:n).add(r)}return[...t].filter(e=>!n.has(e))}function p(e,t){return e.find((e,n)=>e.name!==t&&(n===0||/(?:^|[^a-z])(?:id|key|uuid|guid|nr|no|number)(?:$|[^a-z])/i.test(e.name))&&m(e))?.name??null}function m(e){return e.kind===`text`?e.dictionary.length===e.codes.length&&e.codes.every(e=>e>=0):e.type===`integer`&&new Set(e.values).size===e.values.length}function h(e,t,n,r){let i=t.map(({name:e,type:t,format:n})=>{let r=n===void 0?``:`, format: ${JSON.stringify(n)}`;return`    - { name: ${v(e)}, type: ${t}${r} }`});return["# Where the rows are, and what must hold for them. Reference: `refit schema data-manifest`",`sources:`,`  - { path: ${v(e)} } # a glob such as data/*.csv takes files that arrive later, too`,`schema:`,`  fields:`,...i,...r.length>0?[`  missingValues: ${JSON.stringify([``,...r])}`]:[],"# prepare: |            # optional: one SELECT over `source`, in DuckDB's SQL",`#   SELECT * FROM source`,`checks:`,`  minRows: ${Math.max(1,Math.floor(n/2))}`,`sensitive: [] # columns whose values must appear in no report`,``].join(`
`)}function g(e,t){let{metrics:n,gates:r}=_(e);return["# What is predicted, how it is judged, and when a retrain is worth it. Reference: `refit schema model`",`task: ${e.task}`,`data: ${t.dataset}`,`target: ${v(t.target)}`,...t.time===null?[]:[`time: ${v(t.time)} # makes the holdout the newest rows`],t.key===null?`# key: id             # the column that identifies a row; it is no feature`:`key: ${v(t.key)} # identifies a row; it is no feature`,`features:`,`  exclude: [] # columns that would not be known at prediction time`,`candidates:`,`  - { learner: gbdt }`,`  - { learner: linear }`,`holdout: { fraction: 0.2, minRows: ${Math.max(20,Math.min(200,Math.floor(e.rows/20)))} }`,`metrics: ${n}`,`gates:`,...r.map(e=>`  - ${e}`),`retrain:`,`  minNewRows: ${Math.max(50,Math.round(e.rows/10))}`,`  maxAgeDays: 30`,`  cooldownHours: 24`,`merge: review`,`seed: 7`,``].join(`
`)}function _({task:e,classes:t,majority:n}){if(e===`binary`)return{metrics:`{ primary: rocAuc, also: [logLoss, brier, f1] }`,gates:[`{ metric: rocAuc, min: 0.6 }`,`{ metric: rocAuc, maxRegression: 0.02 }`]};if(e===`multiclass`){let e=Math.max(1/t,n);return{metrics:`{ primary: logLoss, also: [accuracy, f1Macro] }`,gates:[`{ metric: accuracy, min: ${Math.min(.99,e).toFixed(2)} } # no worse than always the most frequent class`,`{ metric: logLoss, maxRegression: 0.05 }`]}}return{metrics:`{ primary: rmse, also: [mae, r2] }`,gates:[`{ metric: r2, min: 0.05 }`,`{ metric: r2, maxRegression: 0.02 }`]}}function v(e){return/^[A-Za-z_][A-Za-z0-9_./-]*$/.test(e)&&!/^(?:true|false|null|yes|no|on|off)$/i.test(e)?e:JSON.stringify(e)}var y=/^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[ T](\d{1,2}):(\d{2})(:\d{2})?)?$/;function b(e){let t=e.map(e=>y.exec(e.trim())),[n]=t;if(!n)return null;let r=x(n),i=[`%d %m %Y`,`%m %d %Y`,`%Y %m %d`].filter(e=>t.every(t=>t&&t[2]===n[2]&&x(t)===r&&S(t,e))),a=i.length>1&&n[2]===`.`?i.find(e=>e.startsWith(`%d`)):i[0];return a===void 0||i.length>1&&n[2]!==`.`?null:{type:r===``?`date`:`datetime`,format:`${a.replaceAll(` `,n[2])}${r}`}}function x(e){return e[5]===void 0?``:`${e[0].includes(`T`)?`T`:` `}%H:%M${e[6]===void 0||e[7]===void 0?``:`:%S`}`}function S(e,t){let n=[e[1],e[3],e[4]];return t.split(` `).every((e,t)=>{let r=n[t];return e===`%Y`?r.length===4:r.length<=2&&Number(r)>=1&&Number(r)<=(e===`%m`?12:31)})}async function C(e,t,n,r,i){let a=await w(e,t,n,r,i,[]),{missing:o}=a;return o.length===0?a:w(e,t,n,r,i,o)}async function w(e,n,r,o,s,c){let l=i.n.parse({sources:[{path:r}],schema:{missingValues:[``,...c]}}),d=await e.sources.list(n,l,{workTree:!0});if(d.files.length===0)throw new t.p(`There is no ${r} in ${n.root}; paths count from there.`,T);let m=[];for(let t of d.files)m.push(await e.sources.fetch(n,t));let h=await a.t(n);e.out.progress(`Reading data`);try{let n=await e.tables.open({dataset:`init`,files:m,manifest:l,knownTypes:[],scratch:h.path});try{let e=[...d.findings,...n.findings].filter(e=>e.severity===`error`);if(e.length>0)throw new t.f(e);D(n.columns,`--target`,o),s!==null&&D(n.columns,`--time`,s);let r=await n.prepare({sql:null,target:o,time:s,key:[]}),i=s===null?n.columns:await O(n.columns,s,r),a=[];for(let{name:e,type:t}of n.columns)(t===`string`||t===`integer`)&&a.push(await r.column(e));return{columns:i,missing:c.length===0?f(a):c,key:p(a,o),found:u(await r.column(o))}}finally{await n.close()}}finally{await h.remove()}}var T=`refit init --data FILE --target COLUMN [--time COLUMN]`,E=e=>JSON.stringify(r.t(e,80));function D(e,n,r){let i=e.map(({name:e})=>e);if(i.includes(r))return;let a=t.v(r,i),o=a===void 0?`There are: ${i.slice(0,20).map(E).join(`, `)}.`:`Did you mean ${E(a)}?`;throw new t.p(`The data have no column ${E(r)} (${n}). ${o}`,T)}async function O(e,n,r){let i=({type:e})=>e===`date`||e===`datetime`;if(e.some(e=>e.name===n&&i(e)))return e;let a=await r.column(n),o=a.kind===`text`?b(a.dictionary):null;if(o!==null)return e.map(e=>e.name===n?{...e,...o}:e);let s=e.filter(i).map(({name:e})=>E(e)),c=a.kind===`text`?a.dictionary[0]:a.values[0];throw new t.p(`--time ${E(n)} holds no dates that can be read for certain, such as ${E(String(c))}. ${s.length>0?`Columns of dates are: ${s.join(`, `)}.`:"Write them as 2024-01-31, or leave out --time and declare the column's `format` in the data manifest."}`,T)}var k=[`simple`,`hardened`,`matrix`,`nx`];function ee(e){return new Map([[`.github/workflows/refit.yml`,{simple:te,hardened:ne,matrix:re,nx:P}[e.kind](e)]])}function A(e){let t=0;for(let n of e)t=(t*31+n.codePointAt(0))%9973;return 5+t%20+t%2*30}var j=e=>`\${{ ${e} }}`,M=j(`github.event_name == 'pull_request' && github.ref || 'base'`);function N({baseBranch:e,dataPaths:t,minute:n}){return`on:
  schedule: [{ cron: "${n} 3 * * *" }] # not at a full hour: GitHub drops runs when everybody comes
  push: { branches: [${JSON.stringify(e)}], paths: [${(e=>e.map(e=>JSON.stringify(e)).join(`, `))([`models/**`,`data-manifests/**`,...t])}] }
  pull_request: { branches: [${JSON.stringify(e)}] } # all: a required check waits for its answer on every one
  workflow_dispatch: { inputs: { reason: { description: Why retrain now, required: false, type: string } } }`}function te(e){return`name: refit
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
`}function ne(e){let t=j(`runner.temp`),n=`github.event_name != 'pull_request'`,r=`- uses: actions/checkout@v7
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
`}function re(e){return`name: refit
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
`}function P(e){return`name: refit
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
`}var F=`refit init [--data FILE --target COLUMN [--time COLUMN] | --example] [--model NAME] [--github [--workflow KIND] [--action NAME]] [--dry-run] [--json]`,I=`Write a data manifest and a model spec, inferred from your own data or for a small example, and a GitHub workflow.`,L={data:{type:`string`},target:{type:`string`},time:{type:`string`},model:{type:`string`},example:{type:`boolean`},github:{type:`boolean`},workflow:{type:`string`},action:{type:`string`},"dry-run":{type:`boolean`},json:{type:`boolean`}},R={data:`CSV, Parquet or JSON Lines file inside the repository`,target:`the column to predict`,time:`the date column; makes the holdout the newest rows`,model:`name of the model; default: from the file's name`,example:`write a small made-up data set and a model for it`,github:`write .github/workflows/refit.yml; alone, or with the model`,workflow:`with --github: simple (the default), hardened (no write token where training runs), matrix (each model in a job of its own) or nx (a monorepo)`,action:`with --github: where the action comes from, such as OWNER/refit@v1`,"dry-run":`print the files, write nothing`,json:`print the files as JSON`},z=`4b825dc642cb6eb9a060e54bf8d69288fbee4904`,B=`OWNER/refit@v1`,V=`On GitHub, turn on Settings → Actions → General → "Allow GitHub Actions to create and approve pull requests".`,H=`In .github/workflows/refit.yml, OWNER stands for the owner of the repository that you take refit from.`,U=`models/*/champion/** -text -merge`;async function W(e,n,r){if(n.length>0)throw new t.p(`init takes no names; use --model.`,F);let i=r.example===!0,a=i?`data/subscriptions.csv`:r.data,c=i?`cancelled`:r.target,l=i?`signed_up`:r.time??null,u=a!==void 0&&c!==void 0;if(!u&&(a!==void 0||c!==void 0||r.github!==!0))throw new t.p(`init needs --data and --target, or --example, or --github.`,F);let d=await J(e),f=a===void 0?[`data/**`]:[Z(Y(d,a))],p=new Map(r.github===!0?K(d,r,f):[]);if(!u)return await Q(e,d,p,r[`dry-run`]===!0),q(e,p,r,[``,...G(r)]),0;let m=o.default.join(d.root,a);i&&p.set(a,s()),i&&r[`dry-run`]!==!0&&await e.files.write(m,$(p.get(a)));let _=Y(d,a),v=ie(r.model??o.default.posix.basename(_)),y=await C(e,d,_,c,l);p.set(`data-manifests/${v}.yaml`,h(_,y.columns,y.found.rows,y.missing)),p.set(`models/${v}/model.yaml`,g(y.found,{dataset:v,target:c,time:l,key:y.key}));let b=await X(e,d,_);return b!==null&&p.set(`.gitattributes`,b),await Q(e,d,p,r[`dry-run`]===!0),q(e,p,r,ae(v,y.found.task,r)),0}var G=({action:e})=>[...e===void 0?[H]:[],V];function K(e,n,r){let i=k.find(e=>e===(n.workflow??`simple`));if(i===void 0)throw new t.p(`--workflow is one of ${k.join(`, `)}.`,F);let a=n.action??B;if(!/^[\w.-]+\/[\w./-]+@[\w./-]+$/.test(a))throw new t.p(`--action is OWNER/NAME@VERSION.`,F);let s=A(o.default.basename(e.root));return ee({kind:i,action:a,baseBranch:e.baseBranch,dataPaths:r,minute:s})}function q(e,t,n,r){if(n.json===!0)return e.out.print(JSON.stringify(Object.fromEntries(t),null,2));let i=[...t].filter(([e])=>!e.startsWith(`data/`)),a=n[`dry-run`]===!0?i.flatMap(([e,t])=>[`# ${e}`,t]):[...[...t.keys()].map(e=>`wrote ${e}`),...r];for(let t of a)e.out.print(t)}async function J(e){try{return await e.git.locate()}catch(e){if(!(e instanceof n.d))throw e;let{folder:t}=e;return{root:t,commonDir:o.default.join(t,`.git`),baseBranch:`main`,baseCommit:z,remote:null,notices:[]}}}function Y(e,n){let r=o.default.relative(e.root,o.default.resolve(e.root,n)).split(o.default.sep).join(`/`);if(r.startsWith(`../`)||o.default.isAbsolute(r))throw new t.p(`${n} lies outside of the repository; copy it in first.`,F);return r}function ie(e){let n=e.replace(/\.(?:csv|tsv|parquet|jsonl|ndjson)(?:\.gz)?$/i,``).normalize(`NFD`).replaceAll(/\p{M}/gu,``).toLowerCase().replaceAll(/[^a-z0-9]+/g,`-`).replaceAll(/^-+|-+$/g,``);if(n===``)throw new t.p(`No model name can be made of "${e}"; use --model.`,F);return n}async function X(e,t,n){let r=await e.files.read(o.default.join(t.root,`.gitattributes`)),i=r===null?``:new TextDecoder().decode(r),a=[U,`${Z(n)} -text`].filter(e=>!i.split(`
`).includes(e));return a.length===0?null:`${i}${i===``||i.endsWith(`
`)?``:`
`}${a.join(`
`)}\n`}function Z(e){let t=o.default.posix.dirname(e),n=t===`.`?`*${o.default.posix.extname(e)}`:`${t}/**`;return/[\s"]/.test(n)?JSON.stringify(n):n}async function Q(e,n,r,i){let a=[...r].filter(([e])=>e!==`.gitattributes`&&!e.startsWith(`data/`));for(let[r]of a)if(await e.files.read(o.default.join(n.root,r))!==null)throw new t.i(r);if(!i)for(let[t,i]of r)await e.files.write(o.default.join(n.root,t),$(i))}function ae(e,t,n){let r=`git add -A && git commit -m "Add the model ${e}"`;return[``,`The task was read as ${t}. Look at models/${e}/model.yaml: are there columns that would not be known at prediction time?`,``,...n.github===!0?[...G(n),``,`Then:`,`  ${r} && git push`,`The push starts the workflow, which proposes the first model.`]:[`Then:`,`  ${r}`,`  refit run ${e}`]]}var $=e=>new TextEncoder().encode(e);exports.optionHelp=R,exports.options=L,exports.run=W,exports.summary=I,exports.usage=F;