using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>MDEV6nn: what of a device is saved.</summary>
internal static class StateRules
{
    public static readonly DiagnosticDescriptor CannotBeSaved = Rule.Error(
        "MDEV601",
        "The member cannot be saved",
        "'{0}' cannot be saved: {1}");

    public static readonly DiagnosticDescriptor NothingSaid = Rule.Warning(
        "MDEV602",
        "Of a member nothing says whether it is saved",
        "'{0}' may change and its class has saved members, but nothing says whether it is one; put {1} on it, or the other of [Saved] and [NotSaved]");
}
