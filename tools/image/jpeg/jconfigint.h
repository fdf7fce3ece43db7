/* What libjpeg-turbo's CMake finds out of the compiler. */
#define INLINE __inline__ __attribute__((always_inline))
#define THREAD_LOCAL
#define SIZEOF_SIZE_T 4
#define FALLTHROUGH __attribute__((fallthrough));
