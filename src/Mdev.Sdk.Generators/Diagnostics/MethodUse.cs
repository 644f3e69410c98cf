using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>One member used in one place of a class.</summary>
/// <param name="user">The method, accessor or initialised member that uses it; one of generated code is never seen.</param>
/// <param name="used">The method or property.</param>
/// <param name="place">Where.</param>
/// <param name="use">How.</param>
internal sealed class MethodUse(ISymbol user, ISymbol used, Location place, UseKind use)
{
    public ISymbol User { get; } = user;

    public ISymbol Used { get; } = used;

    public Location Place { get; } = place;

    public UseKind Kind { get; } = use;
}
