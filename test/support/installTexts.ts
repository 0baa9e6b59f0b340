/** Runs before each file of unit and host tests: installs the English texts of `core`, as the extension does when it starts. */
import { useTexts } from '../../src/core/words/texts';
import { coreTexts } from '../../src/texts/coreTexts';

useTexts(coreTexts());
