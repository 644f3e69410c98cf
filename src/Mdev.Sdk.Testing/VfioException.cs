namespace Mdev.Sdk.Testing;

/// <summary>A device, or who serves it, refused a request.</summary>
/// <param name="error">The errno of the answer.</param>
/// <param name="message">What was refused.</param>
public sealed class VfioException(Errno error, string message) : Exception(message)
{
    /// <summary>The errno of the answer.</summary>
    public Errno Error { get; } = error;
}
