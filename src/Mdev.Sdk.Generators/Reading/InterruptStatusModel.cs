namespace Mdev.Sdk.Generators.Reading;

/// <summary>A status register that drives an interrupt line.</summary>
/// <param name="Name">The status register's property; with a number behind it for the second line and those after.</param>
/// <param name="Line">The line as code asks for it.</param>
/// <param name="Level">The expression that is not 0 while the line should be high.</param>
/// <param name="Follows">Properties whose change may change the level.</param>
internal sealed record InterruptStatusModel(string Name, string Line, string Level, EquatableArray<string> Follows);
