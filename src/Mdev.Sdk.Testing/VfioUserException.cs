namespace Mdev.Sdk.Testing;

/// <summary>A server refused a request.</summary>
/// <param name="error">The errno of its reply.</param>
/// <param name="message">What was refused.</param>
public sealed class VfioUserException(Errno error, string message) : Exception(message)
{
    /// <summary>The errno of the reply.</summary>
    public Errno Error { get; } = error;
}
