using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Mdev.Sdk.CodeFixes.Fixes;

/// <summary>MDEV402: the shape of a handler that is nearest to what is written, with its parameters' names.</summary>
internal sealed class CorrectSignature : IFix
{
    public Proposal? Propose(FixSite site)
    {
        if (site.Node is not MethodDeclarationSyntax method || site.Declared(method) is not IMethodSymbol symbol)
            return null;
        bool reads = method.Attribute("OnRead") is not null, writes = method.Attribute("OnWrite") is not null;
        bool resets = method.Attribute("OnReset") is not null;

        // Two kinds of access want two shapes, and then two methods.
        if ((reads ? 1 : 0) + (writes ? 1 : 0) + (resets ? 1 : 0) != 1)
            return null;
        if (resets)
            return Change(method, "void", "");

        AttributeData? attribute = symbol.Data(reads ? "OnRead" : "OnWrite");
        if (attribute?.ConstructorArguments is not [{ Value: { } target }, ..])
            return null;
        return target is string name ? Stored(site, method, symbol, name, writes) : Port(site, method, symbol, writes);
    }

    private static Proposal? Stored(FixSite site, MethodDeclarationSyntax method, IMethodSymbol symbol, string name, bool writes)
    {
        // An array's handlers take an index too, which is nothing to guess.
        if (symbol.ContainingType.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault(p => p.Data("Register") is not null) is not { } register)
            return null;
        string type = register.Type.ToMinimalDisplayString(site.Model, method.SpanStart);
        List<string> names = [.. Values(method, symbol).Select(p => p.Identifier.Text)];
        if (!writes)
            return Change(method, type, WithAccess(method, symbol, names.Count == 0 ? "" : $"{type} {names[0]}"));
        string parameters = names.Count switch
        {
            0 => $"{type} value",
            1 => $"{type} {names[0]}",
            _ => $"{type} {names[0]}, {type} {names[1]}",
        };
        return Change(method, symbol.ReturnsVoid ? "void" : type, WithAccess(method, symbol, parameters));
    }

    private static Proposal? Port(FixSite site, MethodDeclarationSyntax method, IMethodSymbol symbol, bool writes)
    {
        ITypeSymbol? type = symbol.Parameters.Select(p => p.Type).Prepend(symbol.ReturnType).FirstOrDefault(t => RegisterWidth.Of(t) is not null);
        string text = type?.ToMinimalDisplayString(site.Model, method.SpanStart) ?? "uint";
        if (!writes)
            return Change(method, text, WithAccess(method, symbol, ""));
        string name = Values(method, symbol).Select(p => p.Identifier.Text).FirstOrDefault() ?? "value";
        return Change(method, "void", WithAccess(method, symbol, $"{text} {name}"));
    }

    // The access itself, which any handler may ask for, comes last, and stays.
    private static int? AccessOf(IMethodSymbol symbol)
    {
        for (int i = 0; i < symbol.Parameters.Length; i++)
        {
            if (symbol.Parameters[i].Type is { Name: "GuestAccess", ContainingNamespace: var space } && space.ToDisplayString() == "Mdev.Sdk.Registers")
                return i;
        }

        return null;
    }

    private static IEnumerable<ParameterSyntax> Values(MethodDeclarationSyntax method, IMethodSymbol symbol)
    {
        int? access = AccessOf(symbol);
        return method.ParameterList.Parameters.Where((_, i) => i != access);
    }

    private static string WithAccess(MethodDeclarationSyntax method, IMethodSymbol symbol, string parameters)
    {
        if (AccessOf(symbol) is not { } at)
            return parameters;
        ParameterSyntax access = method.ParameterList.Parameters[at];
        return $"{(parameters.Length == 0 ? "" : parameters + ", ")}in {access.Type} {access.Identifier.Text}";
    }

    private static Proposal Change(MethodDeclarationSyntax method, string result, string parameters)
    {
        SyntaxTree tree = method.SyntaxTree;
        var proposal = new Proposal($"Change to {result} {method.Identifier.Text}({parameters})")
            .Replace(method.ReturnType, result)
            .Replace(tree, TextSpan.FromBounds(method.Identifier.Span.End, method.ParameterList.Span.End), $"({parameters})");
        ChangeBody(proposal, method, result == "void");
        return proposal;
    }

    // So that what was a value's computation or a bare effect still compiles as the other.
    private static void ChangeBody(Proposal proposal, MethodDeclarationSyntax method, bool toVoid)
    {
        bool wasVoid = method.ReturnType is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };
        if (wasVoid == toVoid)
            return;
        if (toVoid)
        {
            if (method.ExpressionBody is { Expression: not (InvocationExpressionSyntax or AssignmentExpressionSyntax) } arrow)
                proposal.Insert(method.SyntaxTree, arrow.Expression.SpanStart, "_ = ");
            foreach (ReturnStatementSyntax statement in OwnReturns(method))
            {
                if (statement.Expression is { } value)
                    proposal.Replace(statement, $"{{ _ = {value}; return; }}");
            }
        }
        else if (method.Body is { } body)
        {
            foreach (ReturnStatementSyntax statement in OwnReturns(method))
                proposal.Replace(statement, "return default;");
            string space = body.Statements.Count == 0 && body.CloseBraceToken.SpanStart > body.OpenBraceToken.Span.End ? "" : " ";
            proposal.Insert(method.SyntaxTree, body.CloseBraceToken.SpanStart, $"{space}return default; ");
        }
    }

    private static IEnumerable<ReturnStatementSyntax> OwnReturns(MethodDeclarationSyntax method) => method
        .DescendantNodes(n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        .OfType<ReturnStatementSyntax>();
}
