using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>MDEV214: index and data pairs.</summary>
internal static class WindowRules
{
    public static readonly DiagnosticDescriptor BadIndexData = Rule.Fatal(
        "MDEV214",
        "The index and data pair does not fit its index register or its target",
        "'{0}' {1}");
}
