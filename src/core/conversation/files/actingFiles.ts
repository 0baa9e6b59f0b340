/**
 * Files that act by themselves: a tool runs or obeys them without asking. Agents write some of them for good reasons,
 * so they are not refused. They are left out by default, and the user is asked.
 */
import { foldedName } from './fileName';
import type { ActingKey } from '../../words/keys/acting';
import { written } from '../../words/texts';

interface Row {
  /** Whose they are, and what happens: completes “`conftest.py`: …”. */
  readonly tool: ActingKey;
  /** Whole names, in lower case. */
  readonly names?: readonly string[];
  /** For the name in lower case. */
  readonly patterns?: readonly RegExp[];
  /** Folders whose files the tool acts on, in lower case. */
  readonly folder?: RegExp;
}

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

/** Python's own modules. A file with such a name beside a script is loaded instead of the module. */
const PYTHON_MODULES = words(`
  abc argparse array ast asyncio base64 bdb binascii bisect builtins bz2 calendar cgi cmath cmd code codecs codeop
  collections colorsys compileall concurrent configparser contextlib contextvars copy copyreg csv ctypes curses
  dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler
  fcntl filecmp fileinput fnmatch fractions ftplib functools gc getopt getpass gettext glob graphlib grp gzip hashlib
  heapq hmac html http imaplib imp importlib inspect io ipaddress itertools json keyword linecache locale logging lzma
  mailbox marshal math mimetypes mmap modulefinder msvcrt multiprocessing netrc nt ntpath nturl2path numbers opcode
  operator optparse os pathlib pdb pickle pickletools pip pipes pkgutil pkg_resources platform plistlib poplib posix
  posixpath pprint profile cprofile pstats pty pwd py_compile pyclbr pydoc pyexpat pytest queue quopri random re
  readline reprlib resource rlcompleter runpy sched secrets select selectors setuptools shelve shlex shutil signal
  site smtplib socket socketserver sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep
  struct subprocess symtable sys sysconfig syslog tarfile tempfile termios textwrap threading time timeit tkinter
  token tokenize tomllib trace traceback tracemalloc tty types typing unicodedata unittest urllib uu uuid venv
  warnings wave weakref webbrowser winreg winsound wsgiref xml xmlrpc zipapp zipfile zipimport zlib zoneinfo`);

/** The first row that matches names the tool. */
const TABLE: readonly Row[] = [
  {
    tool: 'acting.pytest',
    names: words('conftest.py pytest.ini pytest.toml pytest.py'),
    patterns: [/^(?:test.*|.*_test)\.py$/],
  },
  {
    tool: 'acting.pythonStart',
    names: words('sitecustomize.py usercustomize.py entry_points.txt'),
    patterns: [/\.(?:pth|egg-link|pyc|pyo)$/],
    folder: /^(?:site-packages|dist-packages|__pycache__|.*\.(?:dist|egg)-info)$/,
  },
  {
    tool: 'acting.pythonBuild',
    names: words(`
      setup.py setup.cfg pyproject.toml pipfile pipfile.lock poetry.lock poetry.toml uv.toml uv.lock pdm.toml pdm.lock
      hatch.toml pixi.toml pixi.lock environment.yml environment.yaml conda.yml conda.yaml`),
  },
  { tool: 'acting.pipInstalls', patterns: [/^(?:.*requirements.*\.(?:txt|in)|constraints\.txt)$/] },
  { tool: 'acting.lean', names: words('lean.json config.json') },
  { tool: 'acting.tox', names: words('tox.ini tox.toml noxfile.py') },
  {
    tool: 'acting.pythonEnvironment',
    names: words('pyvenv.cfg'),
    patterns: [/^activate(?:\.\w+|_this\.py)?$/],
  },
  { tool: 'acting.jupyter', patterns: [/^(?:ipython|jupyter).*config.*\.(?:py|json)$/] },
  {
    tool: 'acting.pythonTool',
    names: words(`
      pylintrc pylintrc.toml mypy.ini ruff.toml pyrightconfig.json tasks.py fabfile.py dodo.py sconstruct sconscript
      wscript conf.py snakefile locustfile.py alembic.ini mkdocs.yml mkdocs.yaml manage.py asv.conf.json
      celeryconfig.py`),
    patterns: [/\.conf\.py$/],
  },
  {
    tool: 'acting.gitHook',
    names: words(`
      applypatch-msg commit-msg fsmonitor-watchman post-applypatch post-checkout post-commit post-index-change
      post-merge post-receive post-rewrite post-update pre-applypatch pre-auto-gc pre-commit pre-merge-commit pre-push
      pre-rebase pre-receive prepare-commit-msg proc-receive push-to-checkout reference-transaction sendemail-validate
      update`),
  },
  { tool: 'acting.git', names: words('config config.worktree commondir gitdir gitconfig'), folder: /.\.git$/ },
  {
    tool: 'acting.gitHookTool',
    names: words('prek.toml'),
    patterns: [/^(?:lefthook.*|lint-?staged.*|commitlint.*|overcommit.*)\.\w+$/],
  },
  { tool: 'acting.npmScripts', names: words('package.json'), folder: /^node_modules$/ },
  {
    tool: 'acting.npm',
    names: words(`
      package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml pnpm-workspace.yaml pnpmfile.cjs pnpmfile.mjs
      lerna.json nx.json turbo.json rush.json bun.lock bun.lockb bunfig.toml deno.json deno.jsonc deno.lock jsr.json
      angular.json nodemon.json biome.json biome.jsonc ember-cli-build.js`),
    patterns: [/^(?:tsconfig|jsconfig).*\.json$/],
  },
  {
    tool: 'acting.node',
    patterns: [
      /^.*[.-](?:config|conf|workspace|setup)(?:[.-][\w-]+)?\.[cm]?[jt]sx?$/,
      /^(?:gulpfile|gruntfile|webpackfile|jakefile|wallaby)(?:\.babel)?\.[cm]?[jt]sx?$/,
    ],
  },
  {
    tool: 'acting.vscode',
    names: words('tasks.json launch.json settings.json extensions.json'),
    patterns: [/\.(?:code-workspace|code-profile|code-snippets)$/],
  },
  {
    tool: 'acting.aiAgents',
    names: words('mcp.json opencode.json opencode.jsonc crush.json skill.md replit.md conventions.md'),
    patterns: [
      /^(?:agents?|claude|gemini|qwen|crush|warp|codex|cursor|copilot|jules|cline|windsurf)(?:[._-].*)?\.md$/,
      /^copilot-.*\.(?:md|ya?ml)$/,
      /\.(?:instructions|prompt|chatmode|agent|mode)\.md$/,
      /\.mdc$/,
    ],
  },
  {
    tool: 'acting.msbuild',
    names: words('build.cake'),
    patterns: [/^(?:directory|msbuild)\./, /\.(?:\w*proj(?:\.user)?|props|targets|sln|slnx|slnf|rsp|projitems|tasks)$/],
  },
  {
    tool: 'acting.dotnet',
    names: words(`
      appsettings.json launchsettings.json global.json nuget.config packages.config dotnet-tools.json omnisharp.json
      project.json xunit.runner.json`),
    patterns: [/\.(?:ruleset|globalconfig|runsettings|pubxml)$/],
  },
  {
    tool: 'acting.cmake',
    names: words(`
      cmakelists.txt cmakepresets.json cmakeuserpresets.json cmakecache.txt cmake-kits.json cmake-variants.json
      cmake-variants.yaml`),
    patterns: [/\.cmake$/],
  },
  { tool: 'acting.make', patterns: [/^(?:gnu|bsd)?makefile(?:\..*)?$|\.(?:mk|mak)$/] },
  {
    tool: 'acting.rust',
    names: words('build.rs cargo.toml cargo.lock rust-toolchain rust-toolchain.toml clippy.toml rustfmt.toml'),
  },
  { tool: 'acting.go', names: words('go.mod go.work go.sum magefile.go') },
  {
    tool: 'acting.java',
    names: words(`
      pom.xml build.xml gradlew gradlew.bat gradle.properties gradle-wrapper.properties mvnw mvnw.cmd build.sc`),
    patterns: [/\.(?:gradle|gradle\.kts|sbt)$/],
  },
  {
    tool: 'acting.build',
    names: words(`
      meson.build meson_options.txt meson.options build.ninja build build.bazel workspace workspace.bazel module.bazel
      conanfile.py conanfile.txt vcpkg.json xmake.lua premake5.lua configure configure.ac makefile.pl build.pl
      cpanfile mix.exs package.swift pubspec.yaml build.yaml stack.yaml setup.hs hie.yaml dune dune-project build.zig
      build.zig.zon config.nims deps.edn project.clj shadow-cljs.edn composer.json phpunit.xml artisan config.ru
      project.toml manifest.toml localpreferences.toml _targets.r compile_commands.json compile_flags.txt`),
    patterns: [/\.(?:bzl|nimble|nims|gemspec|podspec|cabal|opam|rockspec)$/],
  },
  {
    tool: 'acting.taskRunner',
    names: words('gemfile.lock'),
    patterns: [
      /^(?:just|task|rake|gem|pod|brew|guard|cap|fast|danger|vagrant|tilt|earth|caddy|proc|jake|cake)file(?:\.\w+)?$/,
      /\.(?:just|rake)$/,
    ],
  },
  {
    tool: 'acting.docker',
    patterns: [
      /^(?:docker|container)file(?:\..*)?$/,
      /\.(?:docker|container)file$/,
      /^(?:docker-)?(?:compose|bake).*\.(?:ya?ml|hcl|json)$/,
      /^docker-stack.*\.ya?ml$/,
    ],
  },
  { tool: 'acting.devContainer', names: words('devcontainer.json devcontainer-feature.json') },
  {
    tool: 'acting.shellEnvironment',
    names: words(`
      envrc devbox.json devenv.nix devenv.yaml flake.nix flake.lock shell.nix default.nix mise.toml mise.lock
      manifest.scm guix.scm`),
    patterns: [/^mise\..*toml$/],
  },
  {
    tool: 'acting.ci',
    names: words(`
      codeowners action.yml action.yaml circle.yml appveyor.yml cloudbuild.yaml buildspec.yml buildspec.yaml
      codemagic.yaml netlify.toml vercel.json fly.toml render.yaml app.yaml dependabot.yml renovate.json
      renovate.json5 codecov.yml`),
    patterns: [/^(?:jenkinsfile.*|(?:azure|bitbucket)-pipelines?.*\.ya?ml|serverless\..*)$/],
  },
  {
    tool: 'acting.infrastructure',
    names: words('ansible.cfg pulumi.yaml skaffold.yaml terragrunt.hcl kustomization.yaml helmfile.yaml chart.yaml'),
    patterns: [/\.(?:tf|tfvars|tf\.json)$/],
  },
  {
    tool: 'acting.windowsExplorer',
    names: words('desktop.ini autorun.inf folder.htt'),
    patterns: [/\.(?:lnk|url|scf|library-ms|searchconnector-ms|search-ms|theme|themepack)$/],
  },
  {
    tool: 'acting.windowsProgram',
    patterns: [/\.(?:bat|cmd|com|exe|dll|vbs|vbe|jse|wsf|wsh|msc|scr|pif|hta|cpl|psd1|psm1)$/],
  },
  {
    tool: 'acting.editor',
    names: words('_vimrc _gvimrc _exrc vimrc exrc dir-locals.el'),
    patterns: [/\.(?:iml|ipr|iws|sublime-project)$|-gdb\.(?:py|gdb|scm)$/],
  },
  { tool: 'acting.ofItsKind', patterns: [/^[a-z]{2,}file$/] },
];

/**
 * Which tool acts on the file without asking, in words. Undefined if none does.
 * @param path normalized by `agentPath`.
 */
export function actingOn(path: string): string | undefined {
  const segments = path.split('/').map(foldedName);
  const name = segments.at(-1) ?? '';
  const folders = segments.slice(0, -1);
  const row = TABLE.find(
    ({ names = [], patterns = [], folder }) =>
      names.includes(name) ||
      patterns.some((pattern) => pattern.test(name)) ||
      folders.some((one) => folder?.test(one)),
  );
  const tool = row?.tool ?? (isPythonModule(name, folders) ? 'acting.pythonModule' : undefined);
  return tool && written(tool);
}

function isPythonModule(name: string, folders: readonly string[]): boolean {
  const module = /^(.*)\.pyw?$/.exec(name)?.[1];
  return PYTHON_MODULES.includes(module === '__init__' ? (folders.at(-1) ?? '') : (module ?? ''));
}
