namespace Mdev.Sdk;

/// <summary>What has attributes. Generated for a class with members that are declared so; used by <see cref="MdevAttributeSet"/>.</summary>
public interface IMdevAttributes
{
    /// <summary>The attributes, in the order of their declaration.</summary>
    IReadOnlyList<MdevAttributeInfo> MdevAttributes { get; }

    /// <summary>The value of a readable attribute. Throws what the vendor's code throws.</summary>
    /// <param name="index">Into <see cref="MdevAttributes"/>.</param>
    string ShowAttribute(int index);

    /// <summary>Sets a writable attribute. Throws what the vendor's code throws.</summary>
    /// <param name="index">Into <see cref="MdevAttributes"/>.</param>
    /// <param name="value">The text, without its trailing new line.</param>
    void StoreAttribute(int index, string value);
}
