namespace Mdev.Sdk.Generators.Reading;

/// <summary>A property with <c>[Irq]</c>.</summary>
/// <param name="Index">VFIO interrupt index.</param>
/// <param name="Kind">How it signals, as code names it.</param>
/// <param name="Property">The property, as code names it.</param>
internal sealed record IrqModel(int Index, string Kind, string Property);
