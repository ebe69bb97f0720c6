package theme

import (
	"html/template"
	"iter"
	"text/template/parse"
)

// children are the nodes directly below one.
func children(node parse.Node) iter.Seq[parse.Node] {
	return func(yield func(parse.Node) bool) {
		branch := func(b *parse.BranchNode) {
			_ = yield(b.Pipe) && yield(b.List) && b.ElseList != nil && yield(b.ElseList)
		}
		switch n := node.(type) {
		case *parse.ListNode:
			for _, child := range n.Nodes {
				if !yield(child) {
					return
				}
			}
		case *parse.ActionNode:
			yield(n.Pipe)
		case *parse.PipeNode:
			for _, command := range n.Cmds {
				if !yield(command) {
					return
				}
			}
		case *parse.CommandNode:
			for _, arg := range n.Args {
				if !yield(arg) {
					return
				}
			}
		case *parse.ChainNode:
			yield(n.Node)
		case *parse.IfNode:
			branch(&n.BranchNode)
		case *parse.RangeNode:
			branch(&n.BranchNode)
		case *parse.WithNode:
			branch(&n.BranchNode)
		case *parse.TemplateNode:
			if n.Pipe != nil {
				yield(n.Pipe)
			}
		}
	}
}

// fold puts in place what is the same on every page of a language: words without
// values, addresses of assets, icons. They stand in text or in quoted attributes, where
// escaping for HTML is right.
func (l *Language) fold(node parse.Node) {
	list, ok := node.(*parse.ListNode)
	if !ok {
		for child := range children(node) {
			l.fold(child)
		}
		return
	}
	for i, child := range list.Nodes {
		if text, ok := l.constant(child); ok {
			list.Nodes[i] = &parse.TextNode{NodeType: parse.NodeText, Pos: child.Position(), Text: []byte(text)}
		} else {
			l.fold(child)
		}
	}
}

// constant is the text of an action that does not depend on the view.
func (l *Language) constant(node parse.Node) (string, bool) {
	action, ok := node.(*parse.ActionNode)
	if !ok || len(action.Pipe.Decl) > 0 || len(action.Pipe.Cmds) != 1 || len(action.Pipe.Cmds[0].Args) != 2 {
		return "", false
	}
	args := action.Pipe.Cmds[0].Args
	function, isFunction := args[0].(*parse.IdentifierNode)
	argument, isText := args[1].(*parse.StringNode)
	if !isFunction || !isText {
		return "", false
	}
	switch function.Ident {
	case "t":
		text, err := l.say(argument.Text)
		return template.HTMLEscapeString(text), err == nil
	case "asset":
		address, err := l.asset(argument.Text)
		return template.HTMLEscapeString(address), err == nil
	case "icon":
		drawing, err := l.icon(argument.Text)
		return string(drawing), err == nil
	}
	return "", false
}
