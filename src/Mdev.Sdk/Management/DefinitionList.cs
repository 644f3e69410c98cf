namespace Mdev.Sdk.Management;

/// <summary>What a folder of definitions holds.</summary>
/// <param name="Definitions">By parent, then by UUID.</param>
/// <param name="Problems">What could not be read; it holds up none of the others.</param>
internal sealed record DefinitionList(IReadOnlyList<Definition> Definitions, IReadOnlyList<DefinitionProblem> Problems);
