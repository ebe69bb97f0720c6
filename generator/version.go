package generator

import (
	"reflect"
	"runtime/debug"
	"strings"
	"sync"
)

// Version is Stoa's own version, from the build: a release such as "1.2.0", or "devel"
// with the revision it was built from.
var Version = sync.OnceValue(func() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" && !strings.HasPrefix(v, "v0.0.0-") {
		return strings.TrimPrefix(v, "v")
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" && len(setting.Value) >= 12 {
			return "devel-" + setting.Value[:12]
		}
	}
	return "devel"
})

// origin is the module that this package is part of, and the version of it with which
// go install gets the same program: "latest" when it was built from a working copy.
func origin() (module, version string) {
	path := reflect.TypeFor[Generator]().PkgPath()
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range append(info.Deps, &info.Main) {
			if v := m.Version; strings.HasPrefix(path, m.Path+"/") && m.Path != "" {
				if v == "" || v == "(devel)" || strings.Contains(v, "+") {
					v = "latest"
				}
				return m.Path, v
			}
		}
	}
	return strings.TrimSuffix(path, "/generator"), "latest"
}
