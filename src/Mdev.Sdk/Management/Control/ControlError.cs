namespace Mdev.Sdk.Management.Control;

/// <summary>Why a command was refused.</summary>
/// <param name="Number">The errno.</param>
/// <param name="Name">Its name: <c>EEXIST</c>.</param>
/// <param name="Message">A sentence, on one line.</param>
internal sealed record ControlError(int Number, string Name, string Message);
