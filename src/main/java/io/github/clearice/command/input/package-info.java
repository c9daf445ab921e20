/** Opens what commands are given: stacks, maps, masks, micrographs, models, methods by name, the data of trainings. */
package io.github.clearice.command.input;
