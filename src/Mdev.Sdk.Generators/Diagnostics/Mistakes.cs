using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>Who is told what a reader finds wrong.</summary>
internal abstract class Mistakes
{
    /// <summary>Whether something was found that leaves no code to emit but what keeps the compiler quiet.</summary>
    public bool Fatal { get; private set; }

    public void Add(DiagnosticDescriptor rule, Place place, params string[] arguments)
    {
        Note(rule);
        Report(rule, place, null, arguments);
    }

    /// <summary>A mistake that takes two: <paramref name="other"/> is shown beside it.</summary>
    public void AddPair(DiagnosticDescriptor rule, Place place, Place other, params string[] arguments)
    {
        Note(rule);
        Report(rule, place, other, arguments);
    }

    protected abstract void Report(DiagnosticDescriptor rule, Place place, Place? other, string[] arguments);

    private void Note(DiagnosticDescriptor rule) => Fatal |= rule.IsFatal();
}
