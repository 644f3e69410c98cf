using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>For the generator, which only needs to know that there is one.</summary>
internal sealed class CountedMistakes : Mistakes
{
    protected override void Report(DiagnosticDescriptor rule, Place place, Place? other, string[] arguments)
    {
    }
}
