export { default } from '../../clusters/jigga';
