# Everything a person types. The build itself is described in meson.build; this file only saves typing.
PREFIX ?= /usr/local
DATA ?= demo
LISTEN ?= 127.0.0.1:8080
SECONDS ?= 60
SETUP = meson setup $(if $(wildcard $(1)/build.ninja),--reconfigure) $(1) $(2) >/dev/null

# What `make run` needs is built alone; the rest comes with `make`.
PARTS =
run: PARTS = panji

.PHONY: build run test asan valgrind bench fuzz clean install packages

build: packages
	@$(call SETUP,build,)
	@ninja -C build $(PARTS)

packages:
	@tools/install-packages

# A node with invented offices, officers and cases, made on the first run and kept.
run: build
	@test -d $(DATA) || { build/panji demo --data $(DATA) >$(DATA).logins && mv $(DATA).logins $(DATA)/logins; }
	@cat $(DATA)/logins
	@build/panji serve --data $(DATA) --listen $(LISTEN)

test:
	@tools/install-packages test
	@tools/test-all

asan:
	@tools/install-packages test
	@$(call SETUP,build-asan,-Db_sanitize=address$(comma)undefined -Db_lundef=false -Dwerror=false)
	@ninja -C build-asan
	@meson test -C build-asan --suite unit --print-errorlogs

VALGRIND = valgrind -q --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite --error-exitcode=1 \
  --suppressions=$(CURDIR)/tests/valgrind.supp

# The unit tests under valgrind: ten minutes. What ICU keeps for its life is "possibly lost" and no error.
valgrind: build
	@tools/install-packages test
	@meson test -C build --suite unit --print-errorlogs -t 30 --wrap='$(VALGRIND)'

bench: build
	@bench/all build

# make fuzz T=json SECONDS=600. What it finds new is kept beside the build; a crash is left there too.
fuzz:
	@test -f tests/fuzz/fuzz_$(T).c || { echo "make fuzz T=NAME, one of:"; ls tests/fuzz | sed -n 's/^fuzz_\(.*\)\.c$$/  \1/p'; exit 1; }
	@tools/install-packages test
	@CC=clang $(call SETUP,build-fuzz,-Dfuzzers=true -Db_sanitize=address$(comma)undefined -Db_lundef=false -Dwerror=false)
	@ninja -C build-fuzz tests/fuzz/fuzz_$(T)
	@mkdir -p build-fuzz/found/$(T)
	cd build-fuzz/found && ../tests/fuzz/fuzz_$(T) -max_total_time=$(SECONDS) -rss_limit_mb=4096 $(T) ../../tests/fuzz/corpus/$(T)

install: build
	@meson configure build -Dprefix=$(PREFIX)
	@meson install -C build --destdir "$(DESTDIR)"

clean:
	rm -rf build build-asan build-fuzz

comma = ,
