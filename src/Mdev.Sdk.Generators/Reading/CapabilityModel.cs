namespace Mdev.Sdk.Generators.Reading;

/// <summary>A capability, or the expansion ROM, as a call on PciDeclaration.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Arguments">As code writes them.</param>
/// <param name="IsMsix">Stands for the MSI-X table, whose arguments are in <see cref="MsixModel"/>.</param>
internal sealed record CapabilityModel(string Method, string Arguments, bool IsMsix = false);
