namespace Mdev.Sdk.Generators.Reading;

/// <summary>MSI-X of a device: its lines, and the place of the table with everything that is not said filled in.</summary>
/// <param name="Lines">By vector.</param>
/// <param name="Bar">Where the table lies.</param>
/// <param name="Kind">The member of BarKind.</param>
/// <param name="Table">Offset of the table.</param>
/// <param name="Pba">Offset of the Pending Bit Array.</param>
/// <param name="Vectors">How many there are.</param>
/// <param name="Offset">Of the capability; 0 for the next free one.</param>
/// <param name="Attributed">Whether an attribute of the class says where the capability comes in the list.</param>
internal sealed record MsixModel(
    EquatableArray<MsixLineModel> Lines, int Bar, string Kind, uint Table, uint Pba, int Vectors, int Offset, bool Attributed);
