using System.Collections.Immutable;
using Mdev.Sdk.Generators.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>
/// Reports what the readers find wrong. It reads what the generator reads, by the same code, and throws the models away.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MdevAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = AllRules.Of(
        typeof(TypeRules), typeof(PciRules), typeof(RegisterRules), typeof(MapRules), typeof(FieldRules), typeof(HandlerRules), typeof(HandlerBodyRules),
        typeof(InterruptRules), typeof(NestingRules), typeof(RegionRules), typeof(WindowRules), typeof(StateRules),
        typeof(AttributeRules), typeof(CharRules));

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(ReadType, SymbolKind.NamedType);
        context.RegisterSemanticModelAction(HandlerBodies.Watch);
        context.RegisterCompilationStartAction(static start =>
        {
            var names = new ParentNames();
            start.RegisterSymbolAction(names.Note, SymbolKind.NamedType);
            start.RegisterCompilationEndAction(names.Report);
            var owners = new AttributeOwners();
            start.RegisterSymbolAction(owners.Note, SymbolKind.NamedType);
            start.RegisterCompilationEndAction(owners.Report);
        });
    }

    private static void ReadType(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        CancellationToken cancel = context.CancellationToken;
        RegisterBlockReader.Read(type, Mistakes(), cancel);
        BitFieldsReader.Read(type, Mistakes(), cancel);
        PciDeviceReader.Read(type, Mistakes(), cancel);
        VfioDeviceReader.Read(type, Mistakes(), cancel);
        MdevParentReader.Read(type, Mistakes(), cancel);
        MdevAttributeReader.Read(type, Mistakes(), cancel);
        CharDeviceReader.Read(type, Mistakes(), cancel);
        CharHandlers.Check(type, Mistakes(), cancel);
        StrayAttributes.Check(type, Mistakes());
        StrayDeviceAttributes.Check(type, Mistakes());

        Mistakes Mistakes() => new ReportedMistakes(context.ReportDiagnostic, cancel);
    }
}
