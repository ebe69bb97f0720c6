package main

import (
	"os/exec"
	"runtime"
)

// openBrowser opens an address in the browser that the user prefers, and does not wait for it.
func openBrowser(address string) error {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	command := exec.Command(name, args...)
	if err := command.Start(); err != nil {
		return err
	}
	go command.Wait() // so that no zombie is left
	return nil
}
