using Mdev.Sdk.Generators.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>Finds file operations of no character device, and those that wait where nobody can ask for what.</summary>
internal static class CharHandlers
{
    public static void Check(INamedTypeSymbol type, Mistakes mistakes, CancellationToken cancel)
    {
        IMethodSymbol[] handlers = [.. type.GetMembers().OfType<IMethodSymbol>().Where(m => CharOperation.Of(m).Any())];
        if (handlers.Length == 0)
            return;
        if (type.Attribute(AttributeNames.CharDevice) is null)
        {
            foreach (IMethodSymbol handler in handlers)
                mistakes.Add(CharRules.NoDevice, CharOperation.Of(handler).First().Attribute, handler.Name, type.Name);
            return;
        }

        if (handlers.Any(h => h.Attribute(AttributeNames.OnCharPoll) is not null))
            return;
        foreach (IMethodSymbol handler in handlers)
        {
            bool transfers = (handler.Attribute(AttributeNames.OnCharRead) ?? handler.Attribute(AttributeNames.OnCharWrite)) is not null;
            if (transfers && WouldBlock(handler, cancel))
                mistakes.Add(CharRules.NoPoll, Place.Of(handler), handler.Name);
        }
    }

    /// <summary>Whether the method is a file operation that runs on the device's lock.</summary>
    public static bool IsOnLock(IMethodSymbol method) => CharOperation.Of(method).Any() && !method.ReturnType.Is("System.Threading.Tasks.ValueTask`1");

    // By the name: it is CharFile's, or imported from it.
    private static bool WouldBlock(IMethodSymbol handler, CancellationToken cancel) => handler.DeclaringSyntaxReferences.Any(r =>
        r.GetSyntax(cancel).DescendantNodes().OfType<IdentifierNameSyntax>().Any(n => n.Identifier.ValueText is "WouldBlock" or "EAGAIN"));
}
