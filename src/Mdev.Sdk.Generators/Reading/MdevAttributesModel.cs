namespace Mdev.Sdk.Generators.Reading;

/// <summary>A class whose members have <c>[MdevAttribute]</c>.</summary>
/// <param name="Shell">Where the code goes.</param>
/// <param name="Attributes">In source order; none where a mistake leaves their meaning open.</param>
/// <param name="IsDevice">Whether they are read and written on a device's lock.</param>
/// <param name="IsSealed">Whether no class can add to them.</param>
/// <param name="Inherits">Whether a base class has some, which come first.</param>
internal sealed record MdevAttributesModel(
    TypeShell Shell, EquatableArray<MdevAttributeModel> Attributes, bool IsDevice, bool IsSealed, bool Inherits);
