using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>Makes the descriptors: one form of help address, one category.</summary>
internal static class Rule
{
    private const string Category = "Mdev.Sdk";

    // Within the repository: the project has no public address yet, and a made-up one would lead nowhere.
    private const string Help = "docs/diagnostics/";

    /// <summary>A mistake that leaves the meaning of the declaration open: no setting can turn it off.</summary>
    public static DiagnosticDescriptor Fatal(string id, string title, string message) =>
        Make(id, title, message, DiagnosticSeverity.Error, WellKnownDiagnosticTags.NotConfigurable);

    public static DiagnosticDescriptor Error(string id, string title, string message) =>
        Make(id, title, message, DiagnosticSeverity.Error);

    /// <summary>One that only the whole assembly shows: found by a build, not while typing.</summary>
    public static DiagnosticDescriptor ErrorAtEnd(string id, string title, string message) =>
        Make(id, title, message, DiagnosticSeverity.Error, WellKnownDiagnosticTags.CompilationEnd);

    /// <inheritdoc cref="ErrorAtEnd"/>
    public static DiagnosticDescriptor WarningAtEnd(string id, string title, string message) =>
        Make(id, title, message, DiagnosticSeverity.Warning, WellKnownDiagnosticTags.CompilationEnd);

    public static DiagnosticDescriptor Warning(string id, string title, string message) =>
        Make(id, title, message, DiagnosticSeverity.Warning);

    /// <summary>Something that an author may have meant: an editor shows it, a build does not.</summary>
    public static DiagnosticDescriptor Info(string id, string title, string message) =>
        Make(id, title, message, DiagnosticSeverity.Info);

    /// <summary>A warning that is off until somebody turns it on.</summary>
    public static DiagnosticDescriptor WarningOnDemand(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: false, helpLinkUri: $"{Help}{id}.md");

    public static bool IsFatal(this DiagnosticDescriptor rule) =>
        rule.CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable);

    private static DiagnosticDescriptor Make(
        string id, string title, string message, DiagnosticSeverity severity, params string[] tags) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, helpLinkUri: $"{Help}{id}.md", customTags: tags);
}
