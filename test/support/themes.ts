/** The theme variables that VS Code gives a webview, with the values of its own default themes as far as the page and the toolkit use them. */

export type ThemeName = 'dark' | 'light' | 'high-contrast-dark' | 'high-contrast-light';

export interface Theme {
  /** `data-vscode-theme-kind`, and the class of the body. */
  readonly kind: 'vscode-dark' | 'vscode-light' | 'vscode-high-contrast' | 'vscode-high-contrast-light';
  readonly variables: Readonly<Record<string, string>>;
}

const FONTS = {
  'font-family': 'system-ui, "Ubuntu", "Droid Sans", sans-serif',
  'font-size': '13px',
  'font-weight': 'normal',
  'editor-font-family': '"Droid Sans Mono", "DejaVu Sans Mono", monospace',
  'editor-font-size': '13px',
  'editor-font-weight': 'normal',
};

export const THEMES: Readonly<Record<ThemeName, Theme>> = {
  'dark': {
    kind: 'vscode-dark',
    variables: {
      ...FONTS,
      'foreground': '#cccccc', 'descriptionForeground': '#9d9d9d', 'errorForeground': '#f85149', 'disabledForeground': '#cccccc80',
      'icon-foreground': '#cccccc', 'focusBorder': '#0078d4', 'widget-shadow': '#0000005c', 'widget-border': '#313131', 'panel-border': '#2b2b2b',
      'editor-background': '#1f1f1f', 'editor-foreground': '#cccccc', 'editorWarning-foreground': '#cca700', 'editorError-foreground': '#f14c4c',
      'textLink-foreground': '#4daafc', 'textLink-activeForeground': '#4daafc', 'textPreformat-foreground': '#d0d0d0', 'textPreformat-background': '#3c3c3c',
      'textBlockQuote-background': '#2b2b2b', 'textBlockQuote-border': '#616161', 'textCodeBlock-background': '#2b2b2b', 'textSeparator-foreground': '#21262d',
      'button-background': '#0078d4', 'button-foreground': '#ffffff', 'button-hoverBackground': '#026ec1', 'button-border': '#ffffff12',
      'button-secondaryBackground': '#313131', 'button-secondaryForeground': '#cccccc', 'button-secondaryHoverBackground': '#3c3c3c',
      'badge-background': '#616161', 'badge-foreground': '#f8f8f8', 'progressBar-background': '#0078d4',
      'input-background': '#313131', 'input-foreground': '#cccccc', 'input-border': '#3c3c3c', 'input-placeholderForeground': '#989898',
      'inputValidation-errorBackground': '#5a1d1d', 'inputValidation-errorBorder': '#be1100',
      'inputValidation-warningBackground': '#352a05', 'inputValidation-warningBorder': '#b89500',
      'dropdown-background': '#313131', 'dropdown-border': '#3c3c3c', 'dropdown-foreground': '#cccccc',
      'list-hoverBackground': '#2a2d2e', 'toolbar-hoverBackground': '#5a5d5e50',
      'scrollbarSlider-background': '#79797966', 'scrollbarSlider-hoverBackground': '#646464b3', 'scrollbarSlider-activeBackground': '#bfbfbf66',
      'testing-iconPassed': '#73c991', 'testing-iconFailed': '#f14c4c',
      'gitDecoration-addedResourceForeground': '#81b88b', 'gitDecoration-deletedResourceForeground': '#c74e39',
      'debugTokenExpression-name': '#c586c0', 'debugTokenExpression-string': '#ce9178', 'debugTokenExpression-boolean': '#4e94ce', 'debugTokenExpression-number': '#b5cea8',
    },
  },
  'light': {
    kind: 'vscode-light',
    variables: {
      ...FONTS,
      'foreground': '#3b3b3b', 'descriptionForeground': '#3b3b3b', 'errorForeground': '#f85149', 'disabledForeground': '#61616180',
      'icon-foreground': '#3b3b3b', 'focusBorder': '#005fb8', 'widget-shadow': '#00000029', 'widget-border': '#e5e5e5', 'panel-border': '#e5e5e5',
      'editor-background': '#ffffff', 'editor-foreground': '#3b3b3b', 'editorWarning-foreground': '#bf8803', 'editorError-foreground': '#e51400',
      'textLink-foreground': '#005fb8', 'textLink-activeForeground': '#005fb8', 'textPreformat-foreground': '#3b3b3b', 'textPreformat-background': '#0000001f',
      'textBlockQuote-background': '#f8f8f8', 'textBlockQuote-border': '#e5e5e5', 'textCodeBlock-background': '#f8f8f8', 'textSeparator-foreground': '#21262d',
      'button-background': '#005fb8', 'button-foreground': '#ffffff', 'button-hoverBackground': '#0258a8', 'button-border': '#0000001a',
      'button-secondaryBackground': '#e5e5e5', 'button-secondaryForeground': '#3b3b3b', 'button-secondaryHoverBackground': '#cccccc',
      'badge-background': '#cccccc', 'badge-foreground': '#3b3b3b', 'progressBar-background': '#005fb8',
      'input-background': '#ffffff', 'input-foreground': '#3b3b3b', 'input-border': '#cecece', 'input-placeholderForeground': '#767676',
      'inputValidation-errorBackground': '#f2dede', 'inputValidation-errorBorder': '#be1100',
      'inputValidation-warningBackground': '#f6f5d2', 'inputValidation-warningBorder': '#b89500',
      'dropdown-background': '#ffffff', 'dropdown-border': '#cecece', 'dropdown-foreground': '#3b3b3b',
      'list-hoverBackground': '#f2f2f2', 'toolbar-hoverBackground': '#b8b8b850',
      'scrollbarSlider-background': '#64646466', 'scrollbarSlider-hoverBackground': '#646464b3', 'scrollbarSlider-activeBackground': '#00000099',
      'testing-iconPassed': '#73c991', 'testing-iconFailed': '#f14c4c',
      'gitDecoration-addedResourceForeground': '#587c0c', 'gitDecoration-deletedResourceForeground': '#ad0707',
      'debugTokenExpression-name': '#9b46b0', 'debugTokenExpression-string': '#a31515', 'debugTokenExpression-boolean': '#0000ff', 'debugTokenExpression-number': '#098658',
    },
  },
  'high-contrast-dark': {
    kind: 'vscode-high-contrast',
    variables: {
      ...FONTS,
      'foreground': '#ffffff', 'descriptionForeground': '#ffffffb3', 'errorForeground': '#f48771', 'disabledForeground': '#a5a5a5',
      'icon-foreground': '#ffffff', 'focusBorder': '#f38518', 'contrastBorder': '#6fc3df', 'contrastActiveBorder': '#f38518', 'widget-border': '#6fc3df', 'panel-border': '#6fc3df',
      'editor-background': '#000000', 'editor-foreground': '#ffffff', 'editorWarning-foreground': '#ffd370', 'editorError-foreground': '#f48771',
      'textLink-foreground': '#21a6ff', 'textLink-activeForeground': '#21a6ff', 'textPreformat-foreground': '#000000', 'textPreformat-background': '#ffffff',
      'textBlockQuote-border': '#ffffff', 'textCodeBlock-background': '#000000',
      'button-background': '#000000', 'button-foreground': '#ffffff', 'button-border': '#6fc3df', 'button-secondaryBackground': '#000000', 'button-secondaryForeground': '#ffffff',
      'badge-background': '#000000', 'badge-foreground': '#ffffff', 'progressBar-background': '#6fc3df',
      'input-background': '#000000', 'input-foreground': '#ffffff', 'input-border': '#6fc3df', 'input-placeholderForeground': '#ffffffb3',
      'inputValidation-errorBackground': '#000000', 'inputValidation-errorBorder': '#6fc3df',
      'inputValidation-warningBackground': '#000000', 'inputValidation-warningBorder': '#6fc3df',
      'dropdown-background': '#000000', 'dropdown-border': '#6fc3df', 'dropdown-foreground': '#ffffff',
      'list-hoverBackground': '#ffffff1a',
      'scrollbarSlider-background': '#6fc3df99', 'scrollbarSlider-hoverBackground': '#6fc3dfcc', 'scrollbarSlider-activeBackground': '#6fc3df',
      'testing-iconPassed': '#73c991', 'testing-iconFailed': '#f14c4c',
      'gitDecoration-addedResourceForeground': '#a1e3ad', 'gitDecoration-deletedResourceForeground': '#c74e39',
      'debugTokenExpression-name': '#ffffff', 'debugTokenExpression-string': '#f48771', 'debugTokenExpression-boolean': '#75bdfe', 'debugTokenExpression-number': '#89d185',
    },
  },
  'high-contrast-light': {
    kind: 'vscode-high-contrast-light',
    variables: {
      ...FONTS,
      'foreground': '#292929', 'descriptionForeground': '#292929b3', 'errorForeground': '#b5200d', 'disabledForeground': '#7f7f7f',
      'icon-foreground': '#292929', 'focusBorder': '#006bbd', 'contrastBorder': '#0f4a85', 'contrastActiveBorder': '#006bbd', 'widget-border': '#0f4a85', 'panel-border': '#0f4a85',
      'editor-background': '#ffffff', 'editor-foreground': '#292929', 'editorWarning-foreground': '#895503', 'editorError-foreground': '#b5200d',
      'textLink-foreground': '#0f4a85', 'textLink-activeForeground': '#0f4a85', 'textPreformat-foreground': '#ffffff', 'textPreformat-background': '#09345f',
      'textBlockQuote-background': '#f2f2f2', 'textBlockQuote-border': '#292929', 'textCodeBlock-background': '#f2f2f2',
      'button-background': '#0f4a85', 'button-foreground': '#ffffff', 'button-hoverBackground': '#0f4a85', 'button-border': '#0f4a85',
      'button-secondaryBackground': '#ffffff', 'button-secondaryForeground': '#292929',
      'badge-background': '#0f4a85', 'badge-foreground': '#ffffff', 'progressBar-background': '#0f4a85',
      'input-background': '#ffffff', 'input-foreground': '#292929', 'input-border': '#0f4a85', 'input-placeholderForeground': '#292929b3',
      'inputValidation-errorBackground': '#ffffff', 'inputValidation-errorBorder': '#0f4a85',
      'inputValidation-warningBackground': '#ffffff', 'inputValidation-warningBorder': '#0f4a85',
      'dropdown-background': '#ffffff', 'dropdown-border': '#0f4a85', 'dropdown-foreground': '#292929',
      'list-hoverBackground': '#0f4a851a',
      'scrollbarSlider-background': '#0f4a8566', 'scrollbarSlider-hoverBackground': '#0f4a85cc', 'scrollbarSlider-activeBackground': '#0f4a85',
      'testing-iconPassed': '#007100', 'testing-iconFailed': '#b5200d',
      'gitDecoration-addedResourceForeground': '#374e06', 'gitDecoration-deletedResourceForeground': '#ad0707',
      'debugTokenExpression-name': '#292929', 'debugTokenExpression-string': '#a31515', 'debugTokenExpression-boolean': '#0000ff', 'debugTokenExpression-number': '#098658',
    },
  },
};
