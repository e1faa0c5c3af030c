const e=require("./cli.cjs"),t=require("./git-errors-BHQCrHYV.cjs"),n=require("./data-manifest-C8_COow2.cjs"),r=require("./scratch-BTCWuuaw.cjs");let i=require("node:path");i=e.v(i,1);function a(e=3e3){let t=o(20260101),n=e=>e[Math.floor(t()*e.length)],r={basic:9,plus:19,pro:39},i=[`customer,signed_up,plan,region,monthly_price,hours_used,complaints,cancelled`];for(let a=0;a<e;a++){let o=new Date(Date.UTC(2025,0,1)+Math.floor(a/e*365)*864e5).toISOString().slice(0,10),s=n([`basic`,`basic`,`plus`,`pro`]),c=r[s]+Math.round(t()*4),l=t()<.05?``:(t()*30).toFixed(1),u=Math.floor(t()*t()*5),d=-1.6+.9*u+(s===`basic`?.7:-.4)-.06*Number(l||12),f=t()<1/(1+Math.exp(-d));i.push(`c${1e5+a},${o},${s},${n([`north`,`south`,`east`,`west`])},${c},${l},${u},${f}`)}return`${i.join(`
`)}\n`}function o(e){let t=e>>>0;return()=>(t=Math.imul(t,1664525)+1013904223>>>0,t/4294967296)}var s=20;function c(e){let t=new Map,n=e.kind===`text`?e.codes.length:e.values.length,r=0;for(let i=0;i<n;i++){let n=e.kind===`text`?e.dictionary[e.codes[i]]:e.values[i];n===void 0||Number.isNaN(n)||(r++,(t.size<=100||t.has(n))&&t.set(n,(t.get(n)??0)+1))}let i=t.size,a=r===0?0:Math.max(...t.values())/r,o=e.kind===`text`||e.type===`integer`&&i<=s&&i*50<=r;return{task:i<=2?`binary`:o?`multiclass`:`regression`,classes:i,majority:a,rows:n}}var l=[`NA`,`N/A`,`n/a`,`NULL`,`null`,`None`,`NaN`,`nan`,`?`,`-`,`missing`];function u(e){let t=new Set,n=new Set;for(let r of e){if(r.kind!==`text`)continue;let e=r.dictionary.filter(e=>l.includes(e)),i=r.dictionary.filter(e=>!l.includes(e)),a=i.length>0&&i.every(e=>/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(e));for(let r of e)(a?t:n).add(r)}return[...t].filter(e=>!n.has(e))}function d(e,t){return e.find((e,n)=>e.name!==t&&(n===0||/(?:^|[^a-z])(?:id|key|uuid|guid|nr|no|number)(?:$|[^a-z])/i.test(e.name))&&f(e))?.name??null}function f(e){return e.kind===`text`?e.dictionary.length===e.codes.length&&e.codes.every(e=>e>=0):e.type===`integer`&&new Set(e.values).size===e.values.length}function p(e,t,n,r){let i=t.map(({name:e,type:t})=>`    - { name: ${g(e)}, type: ${t} }`);return["# Where the rows are, and what must hold for them. Reference: `refit schema data-manifest`",`sources:`,`  - { path: ${g(e)} } # a glob such as data/*.csv takes files that arrive later, too`,`schema:`,`  fields:`,...i,...r.length>0?[`  missingValues: ${JSON.stringify([``,...r])}`]:[],"# prepare: |            # optional: one SELECT over `source`, in DuckDB's SQL",`#   SELECT * FROM source`,`checks:`,`  minRows: ${Math.max(1,Math.floor(n/2))}`,`sensitive: [] # columns whose values must appear in no report`,``].join(`
`)}function m(e,t){let{metrics:n,gates:r}=h(e);return["# What is predicted, how it is judged, and when a retrain is worth it. Reference: `refit schema model`",`task: ${e.task}`,`data: ${t.dataset}`,`target: ${g(t.target)}`,...t.time===null?[]:[`time: ${g(t.time)} # makes the holdout the newest rows`],t.key===null?`# key: id             # the column that identifies a row; it is no feature`:`key: ${g(t.key)} # identifies a row; it is no feature`,`features:`,`  exclude: [] # columns that would not be known at prediction time`,`candidates:`,`  - { learner: gbdt }`,`  - { learner: linear }`,`holdout: { fraction: 0.2, minRows: ${Math.max(20,Math.min(200,Math.floor(e.rows/20)))} }`,`metrics: ${n}`,`gates:`,...r.map(e=>`  - ${e}`),`retrain:`,`  minNewRows: ${Math.max(50,Math.round(e.rows/10))}`,`  maxAgeDays: 30`,`  cooldownHours: 24`,`merge: review`,`seed: 7`,``].join(`
`)}function h({task:e,classes:t,majority:n}){if(e===`binary`)return{metrics:`{ primary: rocAuc, also: [logLoss, brier, f1] }`,gates:[`{ metric: rocAuc, min: 0.6 }`,`{ metric: rocAuc, maxRegression: 0.02 }`]};if(e===`multiclass`){let e=Math.max(1/t,n);return{metrics:`{ primary: logLoss, also: [accuracy, f1Macro] }`,gates:[`{ metric: accuracy, min: ${Math.min(.99,e).toFixed(2)} } # no worse than always the most frequent class`,`{ metric: logLoss, maxRegression: 0.05 }`]}}return{metrics:`{ primary: rmse, also: [mae, r2] }`,gates:[`{ metric: r2, min: 0.05 }`,`{ metric: r2, maxRegression: 0.02 }`]}}function g(e){return/^[A-Za-z_][A-Za-z0-9_./-]*$/.test(e)&&!/^(?:true|false|null|yes|no|on|off)$/i.test(e)?e:JSON.stringify(e)}async function _(e,t,n,r,i){let a=await v(e,t,n,r,i,[]),{missing:o}=a;return o.length===0?a:v(e,t,n,r,i,o)}async function v(t,i,a,o,s,l){let f=n.n.parse({sources:[{path:a}],schema:{missingValues:[``,...l]}}),p=await t.sources.list(i,f,{workTree:!0}),m=[];for(let e of p.files)m.push(await t.sources.fetch(i,e));let h=await r.t(i);t.out.progress(`Reading data`);try{let n=await t.tables.open({dataset:`init`,files:m,manifest:f,knownTypes:[],scratch:h.path});try{let t=[...p.findings,...n.findings].filter(e=>e.severity===`error`);if(t.length>0)throw new e.u(t);let r=await n.prepare({sql:null,target:o,time:s,key:[]});y(n.columns,s);let i=[];for(let{name:e,type:t}of n.columns)(t===`string`||t===`integer`)&&i.push(await r.column(e));return{columns:n.columns,missing:l.length===0?u(i):l,key:d(i,o),found:c(await r.column(o))}}finally{await n.close()}}finally{await h.remove()}}function y(t,n){let r=t.find(e=>e.name===n)?.type;if(n!==null&&r!==void 0&&r!==`date`&&r!==`datetime`)throw new e.l(n,r)}var b=[`simple`,`matrix`,`nx`];function x(e){return new Map([[`.github/workflows/refit.yml`,{simple:E,matrix:D,nx:O}[e.kind](e)]])}function S(e){let t=0;for(let n of e)t=(t*31+n.codePointAt(0))%9973;return 5+t%20+t%2*30}var C=e=>`\${{ ${e} }}`,w=C(`github.event_name == 'pull_request' && github.ref || 'base'`);function T({baseBranch:e,dataPaths:t,minute:n}){let r=[`models/**`,`data-manifests/**`],i=e=>e.map(e=>JSON.stringify(e)).join(`, `);return`on:
  schedule: [{ cron: "${n} 3 * * *" }] # not at a full hour: GitHub drops runs when everybody comes
  push: { branches: [${JSON.stringify(e)}], paths: [${i([...r,...t])}] }
  pull_request: { branches: [${JSON.stringify(e)}], paths: [${i(r)}] }
  workflow_dispatch: { inputs: { reason: { description: Why retrain now, required: false, type: string } } }`}function E(e){return`name: refit
${T(e)}
permissions: { contents: write, pull-requests: write, checks: write, issues: write }
concurrency: { group: "refit-${w}" }
jobs:
  refit:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
        with: { fetch-depth: 0, persist-credentials: false } # history is the registry: fetch all of it
      - uses: ${e.action}
        with: { force-reason: "${C(`inputs.reason`)}" }
`}function D(e){return`name: refit
${T(e)}
permissions: {}
jobs:
  # What is live: verified on pull requests, promoted after merges, and the list of models for the next job.
  plan:
    runs-on: ubuntu-latest
    permissions: { contents: write, pull-requests: read, checks: write, issues: write }
    concurrency: { group: "refit-plan-${w}" }
    outputs:
      models: ${C(`steps.models.outputs.models`)}
    steps:
      - uses: actions/checkout@v7
        with: { fetch-depth: 0, persist-credentials: false } # history is the registry: fetch all of it
      - uses: ${e.action}
        with: { command: "${C(`github.event_name == 'pull_request' && 'verify' || 'promote'`)}" }
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
        model: ${C(`fromJSON(needs.plan.outputs.models)`)}
    concurrency: { group: "refit-run-${C(`matrix.model`)}" } # one run per model at a time, all models at once
    steps:
      - uses: actions/checkout@v7
        with: { fetch-depth: 0, persist-credentials: false }
      - uses: ${e.action}
        with: { command: run, models: "${C(`matrix.model`)}", force-reason: "${C(`inputs.reason`)}" }
`}function O(e){return`name: refit
${T(e)}
permissions: { contents: write, pull-requests: write, checks: write, issues: write }
concurrency: { group: "refit-${w}" }
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
        env: { NX_BASE: "${C(`github.event.pull_request.base.sha || github.event.before || 'HEAD~1'`)}" }
      - if: github.event_name == 'schedule'
        run: npx nx run-many -t build
      - uses: ${e.action}
        with: { force-reason: "${C(`inputs.reason`)}" }
`}var k=`refit init [--data FILE --target COLUMN [--time COLUMN] | --example] [--model NAME] [--github [--workflow KIND] [--action NAME]] [--dry-run] [--json]`,A=`Write a data manifest and a model spec, inferred from your own data or for a small example, and a GitHub workflow.`,j={data:{type:`string`},target:{type:`string`},time:{type:`string`},model:{type:`string`},example:{type:`boolean`},github:{type:`boolean`},workflow:{type:`string`},action:{type:`string`},"dry-run":{type:`boolean`},json:{type:`boolean`}},M={data:`CSV, Parquet or JSON Lines file inside the repository`,target:`the column to predict`,time:`the date column; makes the holdout the newest rows`,model:`name of the model; default: from the file's name`,example:`write a small made-up data set and a model for it`,github:`write .github/workflows/refit.yml; alone, or with the model`,workflow:`with --github: simple (the default), matrix (each model in a job of its own) or nx (a monorepo)`,action:`with --github: where the action comes from, such as OWNER/refit@v1`,"dry-run":`print the files, write nothing`,json:`print the files as JSON`},N=`4b825dc642cb6eb9a060e54bf8d69288fbee4904`,P=`OWNER/refit@v1`,F=[`In .github/workflows/refit.yml, OWNER stands for the owner of the repository that you take refit from.`,`On GitHub, turn on Settings → Actions → General → "Allow GitHub Actions to create and approve pull requests".`],I=`models/*/champion/** -text -merge`;async function L(t,n,r){if(n.length>0)throw new e.d(`init takes no names; use --model.`,k);let o=r.example===!0,s=o?`data/subscriptions.csv`:r.data,c=o?`cancelled`:r.target,l=o?`signed_up`:r.time??null,u=s!==void 0&&c!==void 0;if(!u&&(s!==void 0||c!==void 0||r.github!==!0))throw new e.d(`init needs --data and --target, or --example, or --github.`,k);let d=await B(t),f=s===void 0?[`data/**`]:[W(V(d,s))],h=new Map(r.github===!0?R(d,r,f):[]);if(!u)return await G(t,d,h,r[`dry-run`]===!0),z(t,h,r,[``,...F]),0;let g=i.default.join(d.root,s);o&&h.set(s,a()),o&&r[`dry-run`]!==!0&&await t.files.write(g,q(h.get(s)));let v=V(d,s),y=H(r.model??i.default.posix.basename(v)),b=await _(t,d,v,c,l);h.set(`data-manifests/${y}.yaml`,p(v,b.columns,b.found.rows,b.missing)),h.set(`models/${y}/model.yaml`,m(b.found,{dataset:y,target:c,time:l,key:b.key}));let x=await U(t,d,v);x!==null&&h.set(`.gitattributes`,x),await G(t,d,h,r[`dry-run`]===!0);let S=K(y,b.found.task);return z(t,h,r,r.github===!0?[...S,``,...F]:S),0}function R(t,n,r){let a=b.find(e=>e===(n.workflow??`simple`));if(a===void 0)throw new e.d(`--workflow is one of ${b.join(`, `)}.`,k);let o=n.action??P;if(!/^[\w.-]+\/[\w./-]+@[\w./-]+$/.test(o))throw new e.d(`--action is OWNER/NAME@VERSION.`,k);let s=S(i.default.basename(t.root));return x({kind:a,action:o,baseBranch:t.baseBranch,dataPaths:r,minute:s})}function z(e,t,n,r){if(n.json===!0)return e.out.print(JSON.stringify(Object.fromEntries(t),null,2));let i=[...t].filter(([e])=>!e.startsWith(`data/`)),a=n[`dry-run`]===!0?i.flatMap(([e,t])=>[`# ${e}`,t]):[...[...t.keys()].map(e=>`wrote ${e}`),...r];for(let t of a)e.out.print(t)}async function B(e){try{return await e.git.locate()}catch(e){if(!(e instanceof t.d))throw e;let{folder:n}=e;return{root:n,commonDir:i.default.join(n,`.git`),baseBranch:`main`,baseCommit:N,remote:null,notices:[]}}}function V(t,n){let r=i.default.relative(t.root,i.default.resolve(t.root,n)).split(i.default.sep).join(`/`);if(r.startsWith(`../`)||i.default.isAbsolute(r))throw new e.d(`${n} lies outside of the repository; copy it in first.`,k);return r}function H(t){let n=t.replace(/\.(?:csv|tsv|parquet|jsonl|ndjson)(?:\.gz)?$/i,``).normalize(`NFD`).replaceAll(/\p{M}/gu,``).toLowerCase().replaceAll(/[^a-z0-9]+/g,`-`).replaceAll(/^-+|-+$/g,``);if(n===``)throw new e.d(`No model name can be made of "${t}"; use --model.`,k);return n}async function U(e,t,n){let r=await e.files.read(i.default.join(t.root,`.gitattributes`)),a=r===null?``:new TextDecoder().decode(r),o=[I,`${W(n)} -text`].filter(e=>!a.split(`
`).includes(e));return o.length===0?null:`${a}${a===``||a.endsWith(`
`)?``:`
`}${o.join(`
`)}\n`}function W(e){let t=i.default.posix.dirname(e),n=t===`.`?`*${i.default.posix.extname(e)}`:`${t}/**`;return/[\s"]/.test(n)?JSON.stringify(n):n}async function G(t,n,r,a){let o=[...r].filter(([e])=>e!==`.gitattributes`&&!e.startsWith(`data/`));for(let[r]of o)if(await t.files.read(i.default.join(n.root,r))!==null)throw new e.n(r);if(!a)for(let[e,a]of r)await t.files.write(i.default.join(n.root,e),q(a))}function K(e,t){return[``,`The task was read as ${t}. Look at models/${e}/model.yaml: are there columns that would not be known at prediction time?`,``,`Then:`,`  git add -A && git commit -m "Add the model ${e}"`,`  npx --no refit run ${e}`]}var q=e=>new TextEncoder().encode(e);exports.optionHelp=M,exports.options=j,exports.run=L,exports.summary=A,exports.usage=k;