namespace Mdev.Sdk.Generators.Reading;

/// <summary>An index and data pair that reaches an inner block.</summary>
/// <param name="Offset">The data register's lane.</param>
/// <param name="Scale">Bytes that one step of the index goes.</param>
/// <param name="Conditions">All of them must hold for the window to be there.</param>
/// <param name="Window">What it asks of the index register.</param>
internal sealed record BlockWindowModel(uint Offset, uint Scale, EquatableArray<Condition> Conditions, WindowModel Window);
