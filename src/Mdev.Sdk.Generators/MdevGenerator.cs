using Mdev.Sdk.Generators.Diagnostics;
using Mdev.Sdk.Generators.Emitting;
using Mdev.Sdk.Generators.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.Generators;

/// <summary>
/// Attributes in, code out: each declaration is read into a model that compares by value, and each model is printed. It
/// reports nothing: <see cref="MdevAnalyzer"/> reads the same declarations and does, so that models hold no locations and
/// <c>#pragma</c> works on what is reported.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class MdevGenerator : IIncrementalGenerator
{
    private delegate TModel? Read<TModel>(INamedTypeSymbol type, Mistakes mistakes, CancellationToken cancel);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        Wire(context, AttributeNames.RegisterBlock, StepNames.RegisterBlocks, RegisterBlockReader.Read, RegisterBlockEmitter.Emit);
        Wire(context, AttributeNames.BitFields, StepNames.BitFields, BitFieldsReader.Read, BitFieldsEmitter.Emit);
        Wire(context, AttributeNames.PciDevice, StepNames.PciDevices, PciDeviceReader.Read, PciDeviceEmitter.Emit);
        Wire(context, AttributeNames.VfioDevice, StepNames.VfioDevices, VfioDeviceReader.Read, VfioDeviceEmitter.Emit);
        Wire(context, AttributeNames.MdevParent, StepNames.MdevParents, MdevParentReader.Read, MdevParentEmitter.Emit);
        Wire(context, AttributeNames.CharDevice, StepNames.CharDevices, CharDeviceReader.Read, CharDeviceEmitter.Emit);
        WireMembers(context);
    }

    // What is declared by members and not by their class.
    private static void WireMembers(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<MdevAttributesModel> ofMembers = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                AttributeNames.MdevAttribute,
                static (_, _) => true,
                static (found, cancel) => ReadMembers(found.TargetSymbol.ContainingType, found.TargetNode, cancel))
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(StepNames.MdevAttributes);

        // Of a record's parameter, whose attribute is a property's, there is no such provider.
        IncrementalValuesProvider<MdevAttributesModel> ofParameters = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => node is ParameterSyntax { AttributeLists: var lists, Parent.Parent: RecordDeclarationSyntax }
                    && lists.Any(list => list.Target?.Identifier.ValueText == "property"),
                static (found, cancel) => ReadMembers(
                    (INamedTypeSymbol?)found.SemanticModel.GetDeclaredSymbol(found.Node.Parent!.Parent!, cancel), found.Node, cancel))
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(StepNames.MdevAttributes);

        context.RegisterSourceOutput(ofMembers, Add);
        context.RegisterSourceOutput(ofParameters, Add);

        static void Add(SourceProductionContext output, MdevAttributesModel model)
        {
            SourceFile file = MdevAttributesEmitter.Emit(model);
            output.AddSource(file.Name, file.Text);
        }
    }

    // A class is found by each of its attributes, and read by the first.
    private static MdevAttributesModel? ReadMembers(INamedTypeSymbol? type, SyntaxNode found, CancellationToken cancel) =>
        type is not null
        && MdevAttributeMember.Of(type).FirstOrDefault().Attribute?.ApplicationSyntaxReference is { } first
        && first.SyntaxTree == found.SyntaxTree
        && found.FullSpan.Contains(first.Span)
            ? MdevAttributeReader.Read(type, new CountedMistakes(), cancel)
            : null;

    private static void Wire<TModel>(
        IncrementalGeneratorInitializationContext context,
        string attribute,
        string step,
        Read<TModel> read,
        Func<TModel, SourceFile> emit)
        where TModel : class, IEquatable<TModel>
    {
        IncrementalValuesProvider<TModel> models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                attribute,
                static (node, _) => node is TypeDeclarationSyntax,
                (found, cancel) => IsFirst(found, attribute)
                    ? read((INamedTypeSymbol)found.TargetSymbol, new CountedMistakes(), cancel)
                    : null)
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(step);

        context.RegisterSourceOutput(models, (output, model) =>
        {
            SourceFile file = emit(model);
            output.AddSource(file.Name, file.Text);
        });
    }

    // A type with the attribute on two of its parts (the compiler reports it) is found twice, and has one file.
    private static bool IsFirst(GeneratorAttributeSyntaxContext found, string attribute) =>
        found.TargetSymbol.Attribute(attribute)?.ApplicationSyntaxReference is { } first
        && first.SyntaxTree == found.TargetNode.SyntaxTree
        && found.TargetNode.FullSpan.Contains(first.Span);
}
